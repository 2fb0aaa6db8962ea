import type { Ctx } from '../../context.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dayAt, instantOf } from '../../scheduling/zone.ts'
import type { PaymentRow, Visit } from './view.ts'

/** Money that is owed to the clinic for a visit that takes or took place, or that was missed. */
export const isCollectable = ({ method, status }: Pick<PaymentRow, 'method' | 'status'>, visit: AppointmentStatus) =>
  method === 'PAY_AT_CLINIC' && status === 'PENDING' && owing.includes(visit)

/** Money that is owed to the clinic for a visit that is over: nobody has to wait for it for ever. */
export const isWaivable = ({ method, status }: Pick<PaymentRow, 'method' | 'status'>, visit: AppointmentStatus) =>
  method === 'PAY_AT_CLINIC' && status === 'PENDING' && !toCome.includes(visit)

/**
 * Why money that was noted can't be said not to have come, as the key of the words for it; null when it can: by whoever
 * noted it or an administrator, as long as that day's takings are open. What a gateway took is no mistake.
 */
export function whyNotUndone({ actor, now }: Ctx, row: Collected, { status: visit, timeZone }: Visit) {
  const { method, status, refundDueAt, paidAt, collectedById } = row
  const isThere = method === 'PAY_AT_CLINIC' && status === 'SUCCESS' && !refundDueAt && owing.includes(visit)
  if (!isThere || !paidAt) return 'payments:refusal.notUndoable'
  if (actor.role !== 'ADMIN' && collectedById !== actor.id) return 'payments:refusal.undoneByOther'
  const isToday = dayAt(now, timeZone).equals(dayAt(instantOf(paidAt), timeZone))
  return isToday ? null : 'payments:refusal.undoneLate'
}

/**
 * Money that is there, for a visit that is not to come any more: one that is, is cancelled, and the money goes with it.
 * What goes back over the desk is handed over by somebody.
 */
export function isRefundable({ method, status, refundDueAt }: Standing, visit: AppointmentStatus) {
  if (status !== 'SUCCESS') return false
  return refundDueAt ? method === 'PAY_AT_CLINIC' : !toCome.includes(visit)
}

type Standing = Pick<PaymentRow, 'method' | 'status' | 'refundDueAt'>
type Collected = Standing & Pick<PaymentRow, 'paidAt' | 'collectedById'>

/** Visits that may still take place. */
export const toCome: AppointmentStatus[] = ['HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN']
const owing: AppointmentStatus[] = ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW']
