import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

interface Open {
  id: string
  gatewayReference: string | null
  appointmentId: string
  clinicId: string
}

const events = { REPLACED: 'payment.replaced', CALLED_OFF: 'payment.called-off' } as const

/** Ends a payment that is still open and not wanted any more; whether its gateway took money after all is looked at soon. */
export async function closeOpen(tx: Tx, ctx: Ctx, payment: Open, failure: keyof typeof events) {
  const { id, gatewayReference, appointmentId, clinicId } = payment
  await tx.payment.update({
    where: { id },
    data: { status: 'FAILED', failure, nextLookAt: gatewayReference && toDate(ctx.now) },
    select: { id: true }
  })
  await record(tx, ctx, events[failure], { type: 'payment', id, clinicId, data: { appointmentId } })
}
