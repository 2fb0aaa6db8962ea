import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { dayAt, withNeighbours } from '../../scheduling/zone.ts'
import { type DoctorClinic, doctorClinics, ownDoctorId } from '../availability/doctor-clinics.ts'
import { slotsOf } from '../availability/slots-queries.ts'
import { type Visit, visitsOn } from './visits-on.ts'

/**
 * A doctor's day, each clinic by its own clock: visits and times. Without a date it is today where the doctor works
 * next. Today also names who is `waiting`, longest first; the `current` visit, in front of the doctor: who has waited
 * longest, else who comes next; and the `next` one to come after that.
 */
export async function doctorDay(ctx: Ctx, on?: string) {
  const clinics = await doctorClinics(ctx)
  const today = dayAt(ctx.now, clinics[0]?.timeZone ?? 'UTC')
  const day = on ? Temporal.PlainDate.from(on) : today
  const [appointments, timeslots] = await Promise.all([
    visitsOn(ctx, clinics, day, 1),
    slotsOf(ctx, { doctorId: ownDoctorId(ctx), clinics }, day, 1)
  ])

  const isBusy = ({ id }: DoctorClinic) => [...appointments, ...timeslots].some(({ clinicId }) => clinicId === id)
  const here = clinics.filter(isBusy)
  const { waiting, coming } = day.equals(today) ? inOrder(appointments, ctx.now) : { waiting: [], coming: [] }
  const current = waiting[0] ?? coming[0] ?? null
  return {
    ...withNeighbours(day),
    timeZone: (here[0] ?? clinics[0])?.timeZone ?? 'UTC',
    today: today.toString(),
    clinics: here,
    current,
    next: coming.find(id => id !== current) ?? null,
    waiting,
    appointments,
    timeslots
  }
}

function inOrder(visits: Visit[], now: Temporal.Instant) {
  const waiting = visits.filter(({ status }) => status === 'CHECKED_IN')
  const isToCome = ({ status, endsAt }: Visit) =>
    (status === 'BOOKED' || status === 'CONFIRMED') && Date.parse(endsAt) > now.epochMilliseconds
  return {
    waiting: waiting.toSorted((a, b) => (b.waitingMinutes ?? 0) - (a.waitingMinutes ?? 0)).map(({ id }) => id),
    coming: visits.filter(isToCome).map(({ id }) => id)
  }
}
