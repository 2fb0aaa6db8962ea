import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { record } from '../audit/record.ts'
import { lockPayment } from './lock-payment.ts'
import { isWaivable } from './possible.ts'
import { paymentFor } from './queries.ts'

/**
 * Lets somebody off what they still owe at the clinic for a visit that is over, for good, with a reason that is kept.
 * Throws NotFound for another clinic's, and Refusal when nothing is owed or the visit is still to come: that one is paid,
 * or cancelled.
 */
export async function waivePayment(ctx: Ctx, id: string, { reason }: { reason: string }) {
  if (!may(ctx.actor, 'payments.refund')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (!payment || !isWaivable(payment, payment.visitStatus))
      throw refuse(null, payment?.status === 'PENDING' ? 'payments:refusal.owedToCome' : 'payments:refusal.notOwed')

    const { appointmentId, clinicId } = payment
    const waived = { status: 'FAILED', failure: 'WAIVED', note: reason } as const
    await tx.payment.update({ where: { id }, data: waived, select: { id: true } })
    await record(tx, ctx, 'payment.waived', { type: 'payment', id, clinicId, data: { appointmentId } })
  })
}
