import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { MessageKind } from './kinds.ts'
import { planMessages } from './plan.ts'

export type PaymentKind = Extract<MessageKind, `payment.${string}`>

/**
 * Tells whoever looks after the patient of a payment, once for the same money, in the transaction of what is told.
 * Somebody without an account got a receipt at the desk.
 */
export async function tellOfPayment(tx: Tx, ctx: Ctx, kind: PaymentKind, paymentId: string) {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: {
      ...{ appointmentId: true, clinicId: true, paidAt: true },
      appointment: { select: { patient: { select: { accountId: true } } } }
    }
  })
  const { appointmentId, clinicId, paidAt, appointment } = payment
  const recipientId = appointment.patient.accountId
  if (!recipientId) return

  const about = `${paymentId}:${paidAt?.valueOf() ?? ''}`
  const message = { kind, about, recipientId, appointmentId, clinicId, data: { paymentId } }
  const isNews = kind !== 'payment.receipt' && ctx.actor.id !== recipientId
  await planMessages(tx, ctx, [
    { ...message, channel: 'EMAIL' },
    ...(isNews ? [{ ...message, channel: 'IN_APP' } as const] : [])
  ])
}
