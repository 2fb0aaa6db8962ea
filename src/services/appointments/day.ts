import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { type DoctorClinic, doctorClinics } from '../availability/doctor-clinics.ts'
import { slotsOf } from '../availability/slots-queries.ts'
import { upcoming } from './transitions.ts'
import { type Visit, visitsOn } from './visits-on.ts'

/**
 * A doctor's day, each clinic by its own clock: visits, times, and who is next. Without a date it is today where the
 * doctor works next. `current` is the visit in front of the doctor: who has waited longest, else who comes next.
 */
export async function doctorDay(ctx: Ctx, on?: string) {
  const clinics = await doctorClinics(ctx)
  const today = dayAt(ctx.now, clinics[0]?.timeZone ?? 'UTC')
  const day = on ? Temporal.PlainDate.from(on) : today
  const [appointments, timeslots] = await Promise.all([visitsOn(ctx, clinics, day), slotsOf(ctx, clinics, day, 1)])

  const isBusy = ({ id }: DoctorClinic) => [...appointments, ...timeslots].some(({ clinicId }) => clinicId === id)
  const here = clinics.filter(isBusy)
  return {
    date: day.toString(),
    timeZone: (here[0] ?? clinics[0])?.timeZone ?? 'UTC',
    today: today.toString(),
    dayBefore: day.subtract({ days: 1 }).toString(),
    dayAfter: day.add({ days: 1 }).toString(),
    clinics: here,
    current: day.equals(today) ? currentOf(appointments, ctx.now) : null,
    appointments,
    timeslots
  }
}

function currentOf(visits: Visit[], now: Temporal.Instant) {
  const waiting = visits.filter(({ status }) => status === 'CHECKED_IN')
  const longest = waiting.sort((a, b) => (b.waitingMinutes ?? 0) - (a.waitingMinutes ?? 0))[0]
  const isToCome = ({ status, endsAt }: Visit) =>
    upcoming.some(each => each === status) && Date.parse(endsAt) > now.epochMilliseconds
  return (longest ?? visits.find(isToCome))?.id ?? null
}
