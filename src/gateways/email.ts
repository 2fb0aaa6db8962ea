import { createTransport } from 'nodemailer'
import { config } from '../config.ts'

export interface Mail {
  /** One bare address. */
  to: string
  replyTo: string
  subject: string
  text: string
  html: string
  /** Without angle brackets. The same one twice is the same mail, as far as mail programs can tell. */
  messageId: string
  attachments: { filename: string; content: Buffer; contentType: string }[]
}

/** What is said of a mail that could not be handed over: codes alone, since servers quote addresses in their words. */
export class Undelivered extends Error {
  /** Whether the address is refused for good: to try again changes nothing. */
  isFinal: boolean

  constructor(message: string, isFinal = false) {
    super(message)
    this.isFinal = isFinal
  }
}

/** Hands mails to whoever carries them. Everything ends within half a minute. */
export interface MailGateway {
  /** Resolves when the mail is taken over. Throws Undelivered. */
  send(mail: Mail): Promise<void>
  /** Lets go of connections that are kept open. */
  close(): void
}

/** A server that doesn't answer holds up what waits behind it. */
const TIMEOUTS = { dnsTimeout: 5_000, connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 20_000 }
const PATIENCE = 30_000

let inForce: MailGateway | null | undefined

/** How mails are sent; null when this operator has no mail server, so that none are. */
export function mailGateway(): MailGateway | null {
  if (inForce === undefined) inForce = config.smtp ? smtpGateway(config.smtp) : config.production ? null : nowhere
  return inForce
}

/** Puts another in force. */
export function useMail(gateway: MailGateway | null) {
  inForce?.close()
  inForce = gateway
}

/** Lets go of what would keep a process from ending. It may be used again. */
export function closeMail() {
  inForce?.close()
  inForce = undefined
}

/** Where nobody is to get mail by accident: what would have been sent is at `/dev/mail`. */
const nowhere: MailGateway = { send: async () => {}, close: () => {} }

/** Any SMTP server, over a few connections that are kept. A password is never sent in the clear. */
export function smtpGateway({ url, from }: { url: string; from: string }): MailGateway {
  const isInClear = url.startsWith('smtp:') && new URL(url).password !== ''
  const transport = createTransport({
    ...{ url, pool: true, ...TIMEOUTS, ...(isInClear && { requireTLS: true }) },
    ...{ disableFileAccess: true, disableUrlAccess: true }
  })
  return {
    async send({ to, ...mail }) {
      try {
        const headers = { 'Auto-Submitted': 'auto-generated' }
        const signal = AbortSignal.timeout(PATIENCE)
        await transport.sendMail({ ...mail, to: { name: '', address: to }, from, headers, signal })
      } catch (error) {
        throw undelivered(error as Failure)
      }
    },
    close: () => transport.close()
  }
}

interface Failure extends Error {
  code?: string
  command?: string
  response?: string
  responseCode?: number
}

function undelivered({ name, code, command, response = '', responseCode }: Failure) {
  const [, status] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? []
  const isWrongAddress = status ? status.startsWith('5.1.') : [550, 551, 553].includes(responseCode ?? 0)
  // What else a server has against a recipient may be over tomorrow: it is full, or it doesn't know us yet (RFC 3463).
  const isFinal = code === 'EENVELOPE' && (command === 'API' || (command === 'RCPT TO' && isWrongAddress))
  return new Undelivered([code ?? name, responseCode, status, command].filter(Boolean).join(' '), isFinal)
}
