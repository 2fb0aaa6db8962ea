import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import type { PaymentState } from '../../helpers/payment.ts'
import { may } from '../../permissions.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { isCollectable, isRefundable, isWaivable, toCome, whyNotUndone } from './possible.ts'

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
  collectedById: true,
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

type Stood = Pick<PaymentRow, 'status' | 'method' | 'failure' | 'refundDueAt'>

/** The visit that is paid for, and the clinic's clock. */
export interface Visit {
  status: AppointmentStatus
  timeZone: string
}

/** How a payment stands, in one word for people: what was to be paid at the clinic is not paid yet once the visit is over. */
export function stateOf({ status, method, failure, refundDueAt }: Stood, visit: AppointmentStatus): PaymentState {
  if (status === 'SUCCESS' && refundDueAt) return method === 'PAY_AT_CLINIC' ? 'REFUND_AT_CLINIC' : 'REFUND_DUE'
  if (status === 'PENDING' && method === 'PAY_AT_CLINIC') return toCome.includes(visit) ? 'AT_CLINIC' : 'UNPAID'
  return failure === 'CALLED_OFF' || failure === 'WAIVED' ? 'NOT_DUE' : status
}

/** A payment as pages and JSON show it, with what this person can do about it; by the clinic's clock. */
export function paymentView(ctx: Ctx, row: PaymentRow, visit: Visit) {
  const { actor } = ctx
  const received = row.receivedMinor === null ? null : { amountMinor: row.receivedMinor, currency: row.currency }
  const at = (instant: Date | null) => instant && onTheClock(instant, visit.timeZone)
  return {
    id: row.id,
    reference: row.reference,
    method: row.method,
    status: row.status,
    state: stateOf(row, visit.status),
    failure: row.failure,
    amount: { amountMinor: row.amountMinor, currency: row.currency },
    /** What really came, which may be another amount. */
    received,
    /** What went back, which is all of that. */
    refunded: row.refundedAt && received,
    transactionId: row.transactionId,
    paidAt: at(row.paidAt),
    paidWith: row.paidWith,
    refundCause: row.refundCause,
    refundedAt: at(row.refundedAt),
    startedAt: onTheClock(row.createdAt, visit.timeZone),
    canCollect: may(actor, 'payments.collect') && isCollectable(row, visit.status),
    canUndoCollection: may(actor, 'payments.collect') && whyNotUndone(ctx, row, visit) === null,
    canRefund: may(actor, 'payments.refund') && isRefundable(row, visit.status),
    canWaive: may(actor, 'payments.refund') && isWaivable(row, visit.status)
  }
}

/** The payment that stands for a visit, as `presentPayment` reads it; null when it costs nothing. */
export const presentView = (ctx: Ctx, [row]: PaymentRow[], visit: Visit) => (row ? paymentView(ctx, row, visit) : null)
