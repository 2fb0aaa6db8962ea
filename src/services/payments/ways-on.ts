import type { Ctx } from '../../context.ts'
import type { AppointmentView } from '../appointments/queries.ts'
import { alternatives } from '../appointments/taken.ts'
import { chosenTime } from '../availability/queries.ts'

/**
 * How somebody can go on whose payment came to nothing: with the same time if it is still free, else with the doctor's
 * free times nearest to it. Null while the appointment stands, as it needs no other time.
 */
export async function waysOn(ctx: Ctx, { status, timeslotId, doctor, clinic, startsAt }: AppointmentView) {
  if (status !== 'EXPIRED') return null
  const isFree = (await chosenTime(ctx, timeslotId)) !== null
  const gone = { doctorId: doctor.id, clinicId: clinic.id, startsAt: new Date(startsAt) }
  return { isFree, alternatives: isFree ? [] : await alternatives(ctx, gone) }
}
