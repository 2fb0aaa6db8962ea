import type { Tx } from '../../database/transaction.ts'
import type { EventName } from '../audit/events.ts'

/**
 * Drops what waits to be told of an appointment and is not so any more: reminders, and news of how it was before. A
 * confirmation says all that the news of the booking would have said, and times that are proposed take the place of
 * those proposed before. That it was taken from a doctor stays so. What is just being sent may arrive all the same, and
 * is then noted as sent.
 */
export async function dropOutdated(tx: Tx, appointmentId: string, sequence: number, event: EventName) {
  if (event === 'appointment.booked' || event === 'appointment.overbooked') return
  const isConfirmed = event === 'appointment.confirmed'
  await tx.$executeRaw`
    UPDATE notifications SET status = 'DROPPED', last_error = 'SUPERSEDED'
    WHERE appointment_id = ${appointmentId}::uuid AND status = 'PLANNED' AND kind NOT LIKE 'payment.%'
      AND NOT (kind = 'doctor.cancelled' AND data->>'formerDoctorId' IS NOT NULL)
      AND CASE WHEN ${isConfirmed} THEN kind = 'appointment.booked' AND attempts = 0
        WHEN ${event === 'appointment.proposed'} THEN kind = 'appointment.proposed' AND attempts = 0
        ELSE kind = 'appointment.reminder' OR (data->>'sequence')::int < ${sequence} END`
}
