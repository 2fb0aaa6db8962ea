import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import type { DeskMethod } from '../../generated/enums.ts'
import { may } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { tellOfPayment } from '../notifications/tell-of-payment.ts'
import { type LockedPayment, lockPayment } from './lock-payment.ts'
import { isCollectable, whyNotUndone } from './possible.ts'
import { paymentFor } from './queries.ts'

export interface Collection {
  paidWith: DeskMethod
  note?: string | undefined
}

/**
 * Notes that the money for a visit was taken at the desk, all of it, how and by whom: by the clinic where the visit is
 * now. The same person saying the same twice is one collection. Throws NotFound for another clinic's, and Refusal when it
 * is paid already or nothing is owed.
 */
export async function collectPayment(ctx: Ctx, id: string, { paidWith, note }: Collection) {
  if (!may(ctx.actor, 'payments.collect')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    const isAgain = payment?.paidWith === paidWith && payment.note === (note ?? null)
    if (isAgain && payment.status === 'SUCCESS' && !payment.refundDueAt && isMine(ctx, payment)) return
    if (!payment || !isCollectable(payment, payment.visitStatus)) throw refuse(null, whyNot(ctx, payment))

    const { appointmentId, clinicId, amountMinor } = payment
    await tx.payment.update({
      where: { id },
      data: {
        ...{ status: 'SUCCESS', paidAt: toDate(ctx.now), receivedMinor: amountMinor, clinicId },
        ...{ paidWith, note: note ?? null, collectedById: ctx.actor.id }
      },
      select: { id: true }
    })
    await record(tx, ctx, 'payment.collected', { type: 'payment', id, clinicId, data: { appointmentId, paidWith } })
    await tellOfPayment(tx, ctx, 'payment.receipt', id)
  })
}

const isMine = ({ actor }: Ctx, { collectedById }: LockedPayment) => collectedById === actor.id

function whyNot(ctx: Ctx, payment?: LockedPayment) {
  if (payment?.status !== 'SUCCESS') return 'payments:refusal.notOwed'
  if (payment.refundDueAt) return 'payments:refusal.refundDue'
  return isMine(ctx, payment) ? 'payments:refusal.collectedByYou' : 'payments:refusal.collected'
}

/**
 * Takes back that money was taken at the desk, when that was noted by mistake: on the same day by the clinic's clock, by
 * who noted it or an administrator. Throws NotFound, and Refusal.
 */
export async function undoCollection(ctx: Ctx, id: string) {
  if (!may(ctx.actor, 'payments.collect')) throw new Forbidden()
  await paymentFor(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (payment?.status === 'PENDING') return
    const visit = payment && { status: payment.visitStatus, timeZone: payment.timeZone }
    const whyNot = visit ? whyNotUndone(ctx, payment, visit) : 'payments:refusal.notUndoable'
    if (!payment || whyNot) throw refuse(null, whyNot ?? 'payments:refusal.notUndoable')

    const { appointmentId, clinicId } = payment
    const nothing = { paidAt: null, receivedMinor: null, paidWith: null, note: null, collectedById: null }
    await tx.payment.update({ where: { id }, data: { status: 'PENDING', clinicId, ...nothing }, select: { id: true } })
    await record(tx, ctx, 'payment.collection-undone', { type: 'payment', id, clinicId, data: { appointmentId } })
  })
}
