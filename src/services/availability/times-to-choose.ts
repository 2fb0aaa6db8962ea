import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { daysOf, timeslotsOn } from './queries.ts'

interface Place {
  id: string
  name: string
  city: string
  timeZone: string
}

interface Bookable {
  id: string
  clinics: Place[]
}

/**
 * A doctor's days with their counts, and the times of one: the day asked for, else the first with a free time from the
 * one on that it should be `near`. Times are on the clock of their own clinic; `clinics` are those of the day's times,
 * `timeZone` is that of the first.
 */
export async function timesToChoose(
  ctx: Ctx,
  doctor: Bookable,
  { date, near = '', clinicId }: { date?: string; near?: string; clinicId?: string }
) {
  const days = await daysOf(ctx, doctor.id, clinicId)
  const free = days.filter(day => day.free > 0)
  const first = free.find(day => day.date >= near) ?? free.at(-1) ?? days[0]
  const usual = doctor.clinics.find(({ id }) => id === clinicId) ?? doctor.clinics[0]
  const usualZone = usual?.timeZone ?? 'UTC'
  const chosen = date ?? first?.date ?? dayAt(ctx.now, usualZone).toString()

  const slots = await timeslotsOn(ctx, doctor.id, chosen, clinicId)
  const clinics = await places(slots.map(slot => slot.clinicId))
  const zones = new Map(clinics.map(({ id, timeZone }) => [id, timeZone]))
  const timeslots = slots.map(slot => ({ ...slot, timeZone: zones.get(slot.clinicId) ?? usualZone }))
  return { date: chosen, timeZone: timeslots[0]?.timeZone ?? usualZone, clinicId, clinics, days, timeslots }
}

/** Each once, in the order of the ids. A clinic that the doctor has left may still have times. */
async function places(clinicIds: string[]): Promise<Place[]> {
  const ids = [...new Set(clinicIds)]
  const rows = await db.clinic.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, city: true, timeZone: true }
  })
  return ids.flatMap(id => rows.find(row => row.id === id) ?? [])
}
