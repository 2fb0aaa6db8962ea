import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { tellOfPayment } from '../notifications/tell-of-payment.ts'
import { lockPayment } from './lock-payment.ts'
import { oweRefund } from './owe-refund.ts'
import { isRefundable } from './possible.ts'
import { paymentFor } from './queries.ts'

/**
 * Gives all of a payment back, once, with a reason: through its gateway soon, or over the desk just now; what waits to
 * be handed over has its cause already, and needs no other. Throws NotFound for another clinic's, and Refusal when
 * there is nothing to give back, it is on its way, or the visit is still to come: that is cancelled, and the money goes
 * back with it.
 */
export async function refundPayment(ctx: Ctx, id: string, { reason }: { reason?: string | undefined }) {
  if (!may(ctx.actor, 'payments.refund')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (!payment || !isRefundable(payment, payment.visitStatus)) throw refuse(null, whyNot(payment))
    if (!payment.refundDueAt) await oweRefund(tx, ctx, payment, { cause: 'STAFF', ...(reason && { reason }) })
    if (payment.gateway) return

    const { appointmentId, clinicId } = payment
    await tx.payment.update({
      where: { id },
      data: {
        ...{ status: 'REFUNDED', refundedAt: toDate(ctx.now), refundedById: ctx.actor.id },
        ...(reason && { refundReason: reason })
      },
      select: { id: true }
    })
    await record(tx, ctx, 'payment.refunded', { type: 'payment', id, clinicId, data: { appointmentId } })
    await tellOfPayment(tx, ctx, 'payment.refunded', id)
  })
}

function whyNot(payment: Awaited<ReturnType<typeof lockPayment>>) {
  if (payment?.status === 'REFUNDED') return 'payments:refusal.refunded'
  if (payment?.status !== 'SUCCESS') return 'payments:refusal.notPaid'
  return payment.refundDueAt ? 'payments:refusal.refundDue' : 'payments:refusal.toCome'
}
