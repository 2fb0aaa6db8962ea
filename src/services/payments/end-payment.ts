import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { closeOpen } from './close-open.ts'
import { oweRefund } from './owe-refund.ts'

interface Ending {
  appointmentId: string
  clinicId: string
  cause: 'CANCELLED' | 'REJECTED'
  /** Keeps what was paid. */
  keepFee?: boolean
}

/**
 * What becomes of the money when a visit is called off, in the transaction that does it: what was paid goes back unless
 * it is kept on purpose, and what was still to be paid is owed no more.
 */
export async function endPayment(tx: Tx, ctx: Ctx, { appointmentId, clinicId, cause, keepFee = false }: Ending) {
  const payment = await tx.payment.findFirst({
    where: { appointmentId, isCurrent: true },
    select: { id: true, status: true, gateway: true, gatewayReference: true, refundDueAt: true }
  })
  if (payment?.status === 'SUCCESS' && !payment.refundDueAt && !keepFee)
    await oweRefund(tx, ctx, { ...payment, appointmentId, clinicId }, { cause })
  if (payment?.status === 'PENDING') await closeOpen(tx, ctx, { ...payment, appointmentId, clinicId }, 'CALLED_OFF')
}
