import { createTransport, type SendMailOptions } from 'nodemailer'
import { config } from '../config.ts'
import { Undelivered } from './undelivered.ts'

export interface Mail {
  /** One bare address. */
  to: string
  /** Whom to answer. */
  replyTo?: string
  subject: string
  text: string
  html: string
  /** Without angle brackets. The same one twice is the same mail, as far as mail programs can tell. */
  messageId: string
  attachments: { filename: string; content: Buffer; contentType: string }[]
  /** What calendar programs take over (RFC 6047): beside the text, and as a file. */
  calendar?: { method: 'REQUEST' | 'CANCEL'; content: string }
  /** Where mail programs unsubscribe with one click (RFC 8058). */
  unsubscribeUrl?: string
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
    async send(mail) {
      try {
        await transport.sendMail({ ...messageOf(mail), from, signal: AbortSignal.timeout(PATIENCE) })
      } catch (error) {
        throw undelivered(error as Failure)
      }
    },
    close: () => transport.close()
  }
}

/** A mail in the words of nodemailer, which keeps line breaks out of headers. Addresses are one each, whatever they hold. */
function messageOf({ to, replyTo, calendar, unsubscribeUrl, ...mail }: Mail): SendMailOptions {
  const address = (bare: string) => ({ name: '', address: bare })
  return {
    ...{ ...mail, to: address(to), headers: headersOf(unsubscribeUrl) },
    ...(replyTo && { replyTo: address(replyTo) }),
    ...(calendar && { icalEvent: { ...calendar, ...asFile } })
  }
}

/** Some programs garble a calendar in quoted-printable. */
const asFile = { filename: 'appointment.ics', contentTransferEncoding: 'base64' } as const

function headersOf(unsubscribeUrl?: string) {
  return {
    ...{ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    ...(unsubscribeUrl && {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
    })
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
