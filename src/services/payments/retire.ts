import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

/**
 * Makes room for another payment of an appointment: the present one, if it is still open, counts no more, and whether
 * its gateway took money after all is looked at soon. One that was paid stays what it is.
 */
export async function retirePresent(tx: Tx, ctx: Ctx, { id, clinicId }: { id: string; clinicId: string }) {
  const present = await tx.payment.findFirst({
    where: { appointmentId: id, isCurrent: true },
    select: { id: true, status: true, gatewayReference: true }
  })
  if (!present) return

  const isOpen = present.status === 'PENDING'
  const over = {
    status: 'FAILED',
    failure: 'REPLACED',
    nextLookAt: present.gatewayReference && toDate(ctx.now)
  } as const
  await tx.payment.update({
    where: { id: present.id },
    data: { isCurrent: false, ...(isOpen && over) },
    select: { id: true }
  })
  if (isOpen)
    await record(tx, ctx, 'payment.replaced', {
      ...{ type: 'payment', id: present.id, clinicId },
      data: { appointmentId: id }
    })
}
