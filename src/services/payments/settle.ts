import { type Ctx, system } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { NotFound, Refusal } from '../../errors.ts'
import type { Standing } from '../../gateways/payments.ts'
import { toDate } from '../../scheduling/zone.ts'
import { lockSlot } from '../appointments/claim-slot.ts'
import { endHolds } from '../appointments/holds.ts'
import { claiming } from '../appointments/taken.ts'
import { live } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { tellOfPayment } from '../notifications/tell-of-payment.ts'
import { bookPaid } from './book-paid.ts'
import { failPayment } from './fail.ts'
import { type LockedPayment, lockPayment } from './lock-payment.ts'
import { oweRefund } from './owe-refund.ts'
import { retirePresent } from './retire.ts'
import { returned } from './returned.ts'

/**
 * Brings a payment and its appointment to what the gateway says, however often and in whatever order it is said. Money
 * in full books the time it was for, from the hold or, when that is over, if the time is still free; money that can't
 * have its time any more, came twice or in another amount is owed back, and nothing is held for it. A payment that failed
 * gives its time back at once. Done by nobody but the system.
 */
export async function settle(asked: Ctx, id: string, standing: Standing): Promise<void> {
  const ctx = { ...asked, actor: system }
  if (standing.state === 'OPEN') return
  if (standing.state === 'FAILED') return failPayment(ctx, id, standing.isDeclined ? 'DECLINED' : 'ABANDONED')

  const payment = await db.payment.findUnique({
    where: { id },
    select: { paidAt: true, appointment: { select: { id: true, timeslotId: true, patientId: true } } }
  })
  if (!payment) return
  if (payment.paidAt) return returned(ctx, id, standing)

  const { id: holdId, timeslotId, patientId } = payment.appointment
  try {
    await claiming(ctx, { timeslotId, patientId, holdId }, async tx => {
      await lockSlot(tx, timeslotId)
      await take(tx, ctx, id, standing)
    })
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof NotFound)) throw error
    await transaction(tx => giveBack(tx, ctx, id, standing))
  }
}

/** Puts money to what it was paid for. Throws as `claiming` knows it when the time can't be had any more. */
async function take(tx: Tx, ctx: Ctx, id: string, standing: Standing) {
  const payment = await lockPayment(tx, id)
  if (!payment || payment.paidAt) return

  const { appointmentId, clinicId, visitStatus } = payment
  const cause = await whyNotKept(tx, payment, standing)
  if (cause) return owe(tx, ctx, payment, standing, cause)

  if (!payment.isCurrent) await retirePresent(tx, ctx, { id: appointmentId, clinicId })
  if (visitStatus === 'HELD' || visitStatus === 'EXPIRED') await bookPaid(tx, ctx, payment)
  await tx.payment.update({ where: { id }, data: { ...paid(ctx, standing), isCurrent: true }, select: { id: true } })
  await record(tx, ctx, 'payment.succeeded', { type: 'payment', id, clinicId, data: { appointmentId } })
  await tellOfPayment(tx, ctx, 'payment.receipt', id)
}

async function giveBack(tx: Tx, ctx: Ctx, id: string, standing: Standing) {
  const payment = await lockPayment(tx, id)
  if (payment && !payment.paidAt) await owe(tx, ctx, payment, standing, 'TIME_GONE')
}

async function whyNotKept(tx: Tx, payment: LockedPayment, { receivedMinor, currency }: Standing) {
  const { id, appointmentId, amountMinor, visitStatus } = payment
  if (receivedMinor !== amountMinor || currency !== payment.currency) return 'WRONG_AMOUNT'
  if (visitStatus !== 'EXPIRED' && !live.some(each => each === visitStatus)) return 'TIME_GONE'
  const other = { appointmentId, status: 'SUCCESS', refundDueAt: null, id: { not: id } } as const
  return (await tx.payment.count({ where: other })) > 0 ? 'PAID_TWICE' : null
}

async function owe(
  tx: Tx,
  ctx: Ctx,
  payment: LockedPayment,
  standing: Standing,
  cause: 'WRONG_AMOUNT' | 'TIME_GONE' | 'PAID_TWICE'
) {
  const { id, appointmentId, clinicId } = payment
  await record(tx, ctx, 'payment.succeeded', { type: 'payment', id, clinicId, data: { appointmentId } })
  await oweRefund(tx, ctx, payment, { cause, data: paid(ctx, standing) })
  if (payment.isCurrent) await endHolds(tx, ctx, [appointmentId], 'appointment.released')
  if (cause === 'TIME_GONE') await tellOfPayment(tx, ctx, 'payment.time-gone', id)
}

const paid = ({ now }: Ctx, { reference, transactionId, receivedMinor }: Standing) => ({
  ...({ status: 'SUCCESS', failure: null, paidAt: toDate(now), nextLookAt: null, failedLooks: 0 } as const),
  ...{ gatewayReference: reference, transactionId, receivedMinor }
})
