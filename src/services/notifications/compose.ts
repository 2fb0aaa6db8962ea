import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Mail } from '../../gateways/email.ts'
import { printLetter } from '../../gateways/letter.ts'
import { receiptFile } from '../payments/receipt-file.ts'
import type { Due } from './due.ts'
import { paymentLetter } from './payment-letter.ts'

const { hostname } = new URL(config.baseUrl)

/**
 * A planned message as the mail it becomes, in the language of whoever gets it and with what they may see; composed anew
 * for each attempt, and the same mail to mail programs. Null when there is nobody to tell any more, or nothing.
 */
export async function composeMail(ctx: Ctx, message: Omit<Due, 'attempts'>): Promise<Mail | null> {
  const { id, recipientId, kind } = message
  const { paymentId = '' } = message.data
  const recipient = await recipientOf(recipientId)
  const told = recipient && paymentId && (await paymentLetter(kind, paymentId, recipient.locale))
  if (!told) return null

  const { letter, replyTo } = told
  const theirs = { ...ctx, actor: recipient.actor, locale: recipient.locale }
  const attachments = kind === 'payment.receipt' ? [await receiptIn(theirs, paymentId)] : []
  const head = { to: recipient.email, replyTo, subject: letter.subject, messageId: `${id}@${hostname}` }
  return { ...head, ...(await printLetter(letter)), attachments }
}

/** Whoever is told, if they still may be. */
async function recipientOf(id: string) {
  const user = await db.user.findUnique({
    where: { id, disabledAt: null, erasedAt: null },
    select: { email: true, locale: true, role: true, name: true }
  })
  if (!user) return null
  const { role, name, ...how } = user
  return { ...how, actor: { id, role, name, clinicIds: [], doctorId: null } }
}

async function receiptIn(ctx: Ctx, paymentId: string) {
  const { name: filename, pdf: content } = await receiptFile(ctx, paymentId)
  return { filename, content, contentType: 'application/pdf' }
}
