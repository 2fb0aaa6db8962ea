import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { changeStatus } from '../appointments/change-status.ts'
import { claimPaidSlot } from '../appointments/claim-slot.ts'
import { endHolds } from '../appointments/holds.ts'
import { checkStillPatient } from '../people/patient-to-book-for.ts'
import type { LockedPayment } from './lock-payment.ts'

/**
 * Books the time that a payment was for, from its hold or, when that is over, anew; another hold of the same account on
 * it makes way. Throws as `claiming` knows it when the time is nobody's to book any more, or the patient is gone.
 */
export async function bookPaid(
  tx: Tx,
  ctx: Ctx,
  { appointmentId: id, timeslotId, patientId, bookedById, ...payment }: LockedPayment
) {
  await checkStillPatient(tx, ctx, patientId)
  const others = { bookedById, timeslotId, status: 'HELD', id: { not: id } } as const
  const own = await tx.appointment.findMany({ where: others, select: { id: true } })
  const ownIds = own.map(hold => hold.id)
  await endHolds(tx, ctx, ownIds, 'appointment.released')
  const roomId = await claimPaidSlot(tx, ctx, { timeslotId, appointmentId: id })
  const key = payment.idempotencyKey
  const isFree = key && !(await tx.appointment.count({ where: { bookedById, idempotencyKey: key } }))
  await changeStatus(tx, ctx, {
    id,
    to: 'BOOKED',
    event: 'appointment.booked',
    data: { roomId, holdExpiresAt: null, ...(isFree && { idempotencyKey: key }) }
  })
}
