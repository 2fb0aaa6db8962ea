import { config } from '../config.ts'
import { log } from '../log.ts'
import { twilioGateway } from './sms/twilio.ts'

export interface Text {
  /** A number with its country (E.164): `+447700900123`. */
  to: string
  text: string
}

/** Hands texts to whoever carries them. Everything ends within half a minute. */
export interface SmsGateway {
  /** Resolves when the text is taken over. Throws Undelivered. */
  send(text: Text): Promise<void>
}

let inForce: SmsGateway | null | undefined

/** How texts are sent; null when this operator sends none. */
export function smsGateway(): SmsGateway | null {
  if (inForce === undefined) inForce = asConfigured()
  return inForce
}

function asConfigured() {
  if (config.smsGateway === 'twilio' && config.twilio) return twilioGateway(config.twilio)
  return config.smsGateway === 'log' ? logGateway : null
}

/** Puts another in force; undefined is the configured one again. */
export function useSms(gateway: SmsGateway | null | undefined) {
  inForce = gateway
}

/** Where nobody is to get texts by accident: what would have been sent is at `/dev/mail`, without a word in the log. */
const logGateway: SmsGateway = {
  send: async ({ text }) => log.info({ characters: text.length }, 'text not sent: no provider')
}
