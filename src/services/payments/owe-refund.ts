import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import type { RefundCause } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import type { LockedPayment } from './lock-payment.ts'

type Paid = Pick<LockedPayment, 'id' | 'gateway' | 'appointmentId' | 'clinicId'>

interface Owing {
  cause: RefundCause
  reason?: string
  /** What else becomes true of the payment in the same stroke: money that arrives only to go back. */
  data?: Prisma.PaymentUncheckedUpdateInput
}

/**
 * Notes that the money of a payment goes back, in the transaction that makes it so. A gateway is told soon, by a job;
 * what was taken at the desk waits for somebody to hand it over.
 */
export async function oweRefund(tx: Tx, ctx: Ctx, payment: Paid, { cause, reason, data = {} }: Owing) {
  const { id, gateway, appointmentId, clinicId } = payment
  const now = toDate(ctx.now)
  await tx.payment.update({
    where: { id },
    data: {
      ...data,
      ...{ refundDueAt: now, refundCause: cause, refundReason: reason ?? null, refundedById: ctx.actor.id },
      nextLookAt: gateway ? now : null
    },
    select: { id: true }
  })
  await record(tx, ctx, 'payment.refund-owed', { type: 'payment', id, clinicId, data: { appointmentId, cause } })
}
