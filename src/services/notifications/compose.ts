import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import type { Mail } from '../../gateways/email.ts'
import { printLetter } from '../../gateways/letter.ts'
import type { Text } from '../../gateways/sms.ts'
import { Undelivered } from '../../gateways/undelivered.ts'
import { writeAboutAccount } from './account-letter.ts'
import { writeAboutAppointment } from './appointment-letter.ts'
import { writeText } from './appointment-text.ts'
import { writeToDoctor } from './doctor-letter.ts'
import type { Waiting } from './due.ts'
import { urgent } from './kinds.ts'
import { writeAboutPayment } from './payment-letter.ts'
import { type Recipient, recipientOf } from './recipient.ts'
import type { NotSent, Writer } from './written.ts'

const { hostname } = new URL(config.baseUrl)

export type Composed = { mail: Mail } | { text: Text } | NotSent

/** Who writes what, by the first word of the kind. */
const writers: Record<string, Writer> = {
  appointment: writeAboutAppointment,
  payment: writeAboutPayment,
  doctor: writeToDoctor,
  account: writeAboutAccount
}

/**
 * A message as what it becomes, in the language of whoever gets it and with what they may see; composed anew for each
 * attempt from what is true then, and the same mail to mail programs. Or why it is not to be sent.
 */
export async function compose(ctx: Ctx, message: Waiting): Promise<Composed> {
  const to = await recipientOf(message)
  if (!to) return { why: 'NO_ACCOUNT' }
  if (to.isDisabled) return whenDisabled(message)
  const theirs: Ctx = { ...ctx, locale: to.locale, ...(to.actor && { actor: to.actor }) }
  return message.channel === 'SMS' ? writeText(theirs, message, to) : mailOf(theirs, message, to)
}

/** The visits of somebody whose account was shut take place all the same: the desk has to say what becomes of them. */
function whenDisabled({ kind }: Waiting): NotSent {
  if (urgent.has(kind)) throw new Undelivered('DISABLED', true)
  return { why: 'NO_ACCOUNT' }
}

async function mailOf(ctx: Ctx, message: Waiting, to: Recipient): Promise<Composed> {
  const [topic = ''] = message.kind.split('.')
  const written = await writers[topic]?.(ctx, message, to)
  if (!written || !to.email) return { why: 'NO_ACCOUNT' }
  if (!('letter' in written)) return written

  const { letter, ...rest } = written
  const head = { to: to.email, subject: letter.subject, messageId: `${message.id}@${hostname}` }
  return { mail: { ...head, ...rest, ...(await printLetter(letter)) } }
}
