import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import type { PaymentState } from '../../helpers/payment.ts'
import { may } from '../../permissions.ts'
import { onTheClock } from '../../scheduling/zone.ts'

/** What is read of a payment wherever one is shown. */
export const paymentFields = {
  id: true,
  reference: true,
  method: true,
  status: true,
  failure: true,
  amountMinor: true,
  currency: true,
  receivedMinor: true,
  transactionId: true,
  paidAt: true,
  paidWith: true,
  note: true,
  refundDueAt: true,
  refundCause: true,
  refundedAt: true,
  createdAt: true
} satisfies Prisma.PaymentSelect

/** The payment that stands for an appointment, as part of what is read of the appointment. */
export const presentPayment = {
  where: { isCurrent: true },
  select: paymentFields
} satisfies Prisma.Appointment$paymentsArgs

export type PaymentRow = Prisma.PaymentGetPayload<{ select: typeof paymentFields }>

export type PaymentView = ReturnType<typeof paymentView>

/** How a payment stands, in one word for people. */
export function stateOf({
  status,
  method,
  failure,
  refundDueAt
}: Pick<PaymentRow, 'status' | 'method' | 'failure' | 'refundDueAt'>): PaymentState {
  if (status === 'SUCCESS' && refundDueAt) return method === 'PAY_AT_CLINIC' ? 'REFUND_AT_CLINIC' : 'REFUND_DUE'
  if (status === 'PENDING' && method === 'PAY_AT_CLINIC') return 'AT_CLINIC'
  return status === 'FAILED' && failure === 'CALLED_OFF' ? 'NOT_DUE' : status
}

/** A payment as pages and JSON show it, with what this person can do about it; by the clinic's clock. */
export function paymentView({ actor }: Ctx, row: PaymentRow, visit: { status: AppointmentStatus; timeZone: string }) {
  const at = (instant: Date | null) => instant && onTheClock(instant, visit.timeZone)
  return {
    id: row.id,
    reference: row.reference,
    method: row.method,
    status: row.status,
    state: stateOf(row),
    failure: row.failure,
    amount: { amountMinor: row.amountMinor, currency: row.currency },
    /** What really came, which may be another amount. */
    received: row.receivedMinor === null ? null : { amountMinor: row.receivedMinor, currency: row.currency },
    transactionId: row.transactionId,
    paidAt: at(row.paidAt),
    paidWith: row.paidWith,
    refundCause: row.refundCause,
    refundedAt: at(row.refundedAt),
    startedAt: onTheClock(row.createdAt, visit.timeZone),
    canCollect: may(actor, 'payments.collect') && isCollectable(row, visit.status),
    canUndoCollection: may(actor, 'payments.collect') && isUndoable(row, visit.status),
    canRefund: may(actor, 'payments.refund') && isRefundable(row, visit.status)
  }
}

/** The payment that stands for a visit, as `presentPayment` reads it; null when it costs nothing. */
export const presentView = (ctx: Ctx, [row]: PaymentRow[], visit: { status: AppointmentStatus; timeZone: string }) =>
  row ? paymentView(ctx, row, visit) : null

/** Money that is owed to the clinic for a visit that takes or took place, or that was missed. */
export const isCollectable = ({ method, status }: Pick<PaymentRow, 'method' | 'status'>, visit: AppointmentStatus) =>
  method === 'PAY_AT_CLINIC' && status === 'PENDING' && owing.includes(visit)

/** What was noted by mistake; what a gateway took is no mistake. */
export const isUndoable = ({ method, status, refundDueAt }: Standing, visit: AppointmentStatus) =>
  method === 'PAY_AT_CLINIC' && status === 'SUCCESS' && !refundDueAt && owing.includes(visit)

/**
 * Money that is there, for a visit that is not to come any more: one that is, is cancelled, and the money goes with it.
 * What goes back over the desk is handed over by somebody.
 */
export function isRefundable({ method, status, refundDueAt }: Standing, visit: AppointmentStatus) {
  if (status !== 'SUCCESS') return false
  return refundDueAt ? method === 'PAY_AT_CLINIC' : !toCome.includes(visit)
}

type Standing = Pick<PaymentRow, 'method' | 'status' | 'refundDueAt'>

const toCome: AppointmentStatus[] = ['HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN']
const owing: AppointmentStatus[] = ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW']
