import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import { ownId, patientFor, patientsOf } from './queries.ts'

/**
 * The patient a time is for: the one asked for; else the one it is held for; else the first of the account who has
 * nothing else then, the account's own person before those it looks after. Throws NotFound for somebody else's.
 */
export async function patientToBookFor(
  ctx: Ctx,
  patientId: string | undefined,
  timeslotId: string
): Promise<{ id: string }> {
  if (patientId) return patientFor(ctx, patientId)
  const held = await db.appointment.findFirst({
    where: { bookedById: ownId(ctx), timeslotId, status: 'HELD' },
    select: { patient: { select: { id: true } } }
  })
  if (held) return held.patient

  const patients = await patientsOf(ctx)
  const [first] = patients
  if (!first) throw refuse('patientId', 'booking:errors.patientId')
  if (patients.length === 1) return first

  const busy = await db.$queryRaw<{ id: string }[]>`
    SELECT a.patient_id AS id FROM appointments a JOIN time_slots s ON s.id = ${timeslotId}::uuid
    WHERE a.patient_id = ANY(${patients.map(({ id }) => id)}::uuid[])
      AND a.status IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')
      AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at)`
  return patients.find(patient => !busy.some(({ id }) => id === patient.id)) ?? first
}
