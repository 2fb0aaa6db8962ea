import { Prisma } from '../../generated/client.ts'
import type { PaymentState } from '../../helpers/payment.ts'
import { fewIds } from '../lists/few.ts'

/** How a payment stands, as lists are narrowed by it: whether money is still to come or to go, not where. */
export type PaymentStanding = Exclude<PaymentState, 'AT_CLINIC' | 'UNPAID' | 'REFUND_AT_CLINIC'>

/** The standing of a payment in this state. */
export function standingOf(state: PaymentState): PaymentStanding {
  if (state === 'AT_CLINIC' || state === 'UNPAID') return 'PENDING'
  return state === 'REFUND_AT_CLINIC' ? 'REFUND_DUE' : state
}

/** Each as a condition, and as the same over `p` (payments) in the words that the index of standings knows. */
const conditions: Record<PaymentStanding, { where: Prisma.PaymentWhereInput; sql: Prisma.Sql }> = {
  SUCCESS: {
    where: { status: 'SUCCESS', refundDueAt: null },
    sql: Prisma.sql`p.status = 'SUCCESS' AND p.failure IS NULL AND p.refund_due_at IS NULL`
  },
  REFUND_DUE: {
    where: { status: 'SUCCESS', refundDueAt: { not: null } },
    sql: Prisma.sql`p.status = 'SUCCESS' AND p.failure IS NULL AND p.refund_due_at IS NOT NULL`
  },
  PENDING: { where: { status: 'PENDING' }, sql: Prisma.sql`p.status = 'PENDING'` },
  REFUNDED: { where: { status: 'REFUNDED' }, sql: Prisma.sql`p.status = 'REFUNDED'` },
  FAILED: {
    where: { status: 'FAILED', failure: { notIn: ['CALLED_OFF', 'WAIVED'] } },
    sql: Prisma.sql`p.status = 'FAILED' AND p.failure IN ('DECLINED', 'ABANDONED', 'UNAVAILABLE', 'REPLACED')`
  },
  NOT_DUE: {
    where: { status: 'FAILED', failure: { in: ['CALLED_OFF', 'WAIVED'] } },
    sql: Prisma.sql`p.status = 'FAILED' AND p.failure IN ('CALLED_OFF', 'WAIVED')`
  }
}

/** Payments that stand so; few among many are named, so that nobody has to look through all. */
export async function paymentsStanding(standing: PaymentStanding): Promise<Prisma.PaymentWhereInput> {
  const { where, sql } = conditions[standing]
  const few = await fewIds(Prisma.sql`SELECT p.id FROM payments p WHERE ${sql}`)
  return { ...where, ...(few && { id: { in: few } }) }
}

/** Appointments whose present payment stands so, in the same way. */
export async function withPaymentStanding(standing: PaymentStanding): Promise<Prisma.AppointmentWhereInput> {
  const { where, sql } = conditions[standing]
  const few = await fewIds(Prisma.sql`SELECT p.appointment_id AS id FROM payments p WHERE p.is_current AND ${sql}`)
  return { payments: { some: { isCurrent: true, ...where } }, ...(few && { id: { in: few } }) }
}
