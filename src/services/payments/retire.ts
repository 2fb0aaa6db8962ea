import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { closeOpen } from './close-open.ts'

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

  if (present.status === 'PENDING') await closeOpen(tx, ctx, { ...present, appointmentId: id, clinicId }, 'REPLACED')
  await tx.payment.update({ where: { id: present.id }, data: { isCurrent: false }, select: { id: true } })
}
