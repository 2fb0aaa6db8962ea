import { z } from 'zod'
import type { SmsGateway } from '../sms.ts'
import { Undelivered } from '../undelivered.ts'

interface Options {
  accountSid: string
  authToken: string
  /** A number of the account, or the SID of a messaging service that chooses one. */
  from: string
  /** Where Twilio's interface is, if not where it is for everybody. */
  api?: string
  /** How long all of it may take. */
  timeoutMs?: number
}

/**
 * What is wrong with the number itself, or with texting it at all (https://www.twilio.com/docs/api/errors). Whatever else
 * Twilio refuses, its operator can put right: an account, a sender, a country that was never allowed.
 */
const wrongNumbers = new Set([
  ...[21211, 21214, 21217, 21265, 21266, 21268], // no number, not a reachable one, short, our own, premium
  ...[21610, 21612, 21614, 21635] // they said STOP, no way there, not a mobile, a landline
])

const taken = z.object({ sid: z.string().min(1), status: z.string(), error_code: z.number().nullish() })
const refused = z.object({ code: z.number() })

/** Twilio's Messages resource, version 2010-04-01. It has no way to say that the same text comes twice. */
export function twilioGateway(options: Options): SmsGateway {
  const { accountSid, authToken, from, api = 'https://api.twilio.com', timeoutMs = 15_000 } = options
  const url = `${api}/2010-04-01/Accounts/${accountSid}/Messages.json`
  const sender = from.startsWith('+') ? 'From' : 'MessagingServiceSid'
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

  return {
    async send({ to, text }) {
      const { status, body } = await ask(url, {
        method: 'POST',
        headers: { authorization, accept: 'application/json' },
        body: new URLSearchParams({ To: to, [sender]: from, Body: text }),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs)
      })
      const message = taken.safeParse(body).data
      const code = message?.error_code ?? refused.safeParse(body).data?.code
      const isTaken = status === 201 && message && !code && !['failed', 'undelivered'].includes(message.status)
      if (!isTaken) throw new Undelivered(said(status, code), code !== undefined && wrongNumbers.has(code))
    }
  }
}

/** The status and the JSON of an answer, if it is JSON. */
async function ask(url: string, request: RequestInit) {
  try {
    const answer = await fetch(url, request)
    return { status: answer.status, body: parsed(await answer.text()) }
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } }
    throw new Undelivered(said(cause?.code ?? name))
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const said = (...codes: (string | number | undefined)[]) => ['TWILIO', ...codes.filter(Boolean)].join(' ')
