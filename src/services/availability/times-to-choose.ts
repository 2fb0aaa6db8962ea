import type { Ctx } from '../../context.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { daysOf, timeslotsOn } from './queries.ts'

interface Bookable {
  id: string
  clinics: { id: string; timeZone: string }[]
}

/** A doctor's days with their counts, and the times of one: the day asked for, else the first with a free time. */
export async function timesToChoose(
  ctx: Ctx,
  doctor: Bookable,
  { date, clinicId }: { date?: string; clinicId?: string }
) {
  const days = await daysOf(ctx, doctor.id, clinicId)
  const first = days.find(day => day.free > 0) ?? days[0]
  const clinic = doctor.clinics.find(({ id }) => id === clinicId) ?? doctor.clinics[0]
  const timeZone = clinic?.timeZone ?? 'UTC'
  const chosen = date ?? first?.date ?? dayAt(ctx.now, timeZone).toString()
  return { date: chosen, timeZone, days, timeslots: await timeslotsOn(ctx, doctor.id, chosen, clinicId) }
}
