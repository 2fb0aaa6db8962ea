import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import type { DeskMethod } from '../../generated/enums.ts'
import { may } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { planMail } from '../notifications/plan.ts'
import { lockPayment } from './lock-payment.ts'
import { paymentFor } from './queries.ts'
import { isCollectable, isUndoable } from './view.ts'

export interface Collection {
  paidWith: DeskMethod
  note?: string | undefined
}

/**
 * Notes that the money for a visit was taken at the desk, all of it, how and by whom. The same person pressing twice is
 * one collection. Throws NotFound for another clinic's, and Refusal when it is paid already or nothing is owed.
 */
export async function collectPayment(ctx: Ctx, id: string, { paidWith, note }: Collection) {
  if (!may(ctx.actor, 'payments.collect')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    const isMine = payment?.status === 'SUCCESS' && payment.collectedById === ctx.actor.id
    if (isMine) return
    if (!payment || !isCollectable(payment, payment.visitStatus))
      throw refuse(null, payment?.status === 'SUCCESS' ? 'payments:refusal.collected' : 'payments:refusal.notOwed')

    const { appointmentId, clinicId, amountMinor } = payment
    await tx.payment.update({
      where: { id },
      data: {
        ...{ status: 'SUCCESS', paidAt: toDate(ctx.now), receivedMinor: amountMinor },
        ...{ paidWith, note: note ?? null, collectedById: ctx.actor.id }
      },
      select: { id: true }
    })
    await record(tx, ctx, 'payment.collected', { type: 'payment', id, clinicId, data: { appointmentId, paidWith } })
    await planMail(tx, ctx, { kind: 'payment.receipt', paymentId: id })
  })
}

/** Takes back that money was taken at the desk, when that was noted by mistake. Throws NotFound, and Refusal. */
export async function undoCollection(ctx: Ctx, id: string) {
  if (!may(ctx.actor, 'payments.collect')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (payment?.status === 'PENDING') return
    if (!payment || !isUndoable(payment, payment.visitStatus)) throw refuse(null, 'payments:refusal.notUndoable')

    const { appointmentId, clinicId } = payment
    const nothing = { paidAt: null, receivedMinor: null, paidWith: null, note: null, collectedById: null }
    await tx.payment.update({ where: { id }, data: { status: 'PENDING', ...nothing }, select: { id: true } })
    await record(tx, ctx, 'payment.collection-undone', { type: 'payment', id, clinicId, data: { appointmentId } })
  })
}
