import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { dayAt, daysFrom, mondayOf, withNeighbours } from '../../scheduling/zone.ts'
import { doctorClinics } from '../availability/doctor-clinics.ts'
import { whoseTime } from '../availability/whose-time.ts'
import { clinicToShow } from '../clinics/clinic-to-show.ts'
import { doctorsOf } from '../people/doctor-queries.ts'
import { type TimetableSlot, timetableSlots } from './timetable-queries.ts'
import { rowsOfDay, rowsOfWeek } from './timetable-rows.ts'

/**
 * A clinic's day by doctor, by the clinic's clock: today at the first of this person's clinics when nothing is asked
 * for; null when there is no clinic. `away` are the doctors who work there but have no times that day. Throws NotFound
 * for a clinic that isn't this person's.
 */
export async function clinicDay(ctx: Ctx, { clinicId, date }: { clinicId?: string; date?: string }) {
  const clinic = await clinicToShow(ctx, clinicId)
  if (!clinic) return null

  const today = dayAt(ctx.now, clinic.timeZone)
  const day = date ? Temporal.PlainDate.from(date) : today
  const [slots, doctors] = await Promise.all([
    timetableSlots(ctx, [clinic], [day, day]),
    db.doctor.findMany({
      where: { AND: [doctorsOf(ctx), { deactivatedAt: null, clinics: { some: { clinicId: clinic.id } } }] },
      select: { id: true, user: { select: { name: true } } },
      orderBy: [{ user: { name: 'asc' } }, { id: 'asc' }]
    })
  ])
  const columns = [...Map.groupBy(slots, slot => slot.doctor.id).values()].map(own => {
    const [{ doctor }] = own as [TimetableSlot]
    return { doctor, room: usualRoom(own), timeslots: own }
  })
  columns.sort((a, b) => a.doctor.name.localeCompare(b.doctor.name, ctx.locale))
  const here = new Set(columns.map(({ doctor }) => doctor.id))
  return {
    clinic,
    ...withNeighbours(day),
    today: today.toString(),
    numbers: count(slots),
    columns,
    rows: rowsOfDay(ctx, columns, clinic.timeZone),
    away: doctors.filter(({ id }) => !here.has(id)).map(({ id, user }) => ({ id, name: user.name }))
  }
}

/**
 * A doctor's week, Monday to Sunday, by day, each clinic's by its own clock; the front desk sees the times at its own
 * clinics. Without a date it is this week. Throws NotFound for a doctor who works at none of them.
 */
export async function doctorWeekTimetable(ctx: Ctx, { doctorId, date }: { doctorId: string; date?: string }) {
  const { id, name } = await whoseTime(ctx, doctorId)
  const clinics = await doctorClinics(ctx, id)
  const today = dayAt(ctx.now, clinics[0]?.timeZone ?? 'UTC')
  const day = date ? Temporal.PlainDate.from(date) : today
  const monday = mondayOf(day)
  const days = daysFrom(monday, monday.add({ days: 6 }))
  const slots = await timetableSlots(ctx, clinics, [monday, monday.add({ days: 6 })], id)
  const columns = days.map(String).map(each => {
    const timeslots = slots.filter(({ startsAt }) => startsAt.startsWith(each))
    return { date: each, room: usualRoom(timeslots), timeslots }
  })
  return {
    doctor: { id, name },
    clinics: clinics.filter(clinic => slots.some(slot => slot.clinic.id === clinic.id)),
    worksAt: clinics.filter(({ isOpen }) => isOpen).map(clinic => ({ id: clinic.id, name: clinic.name })),
    date: day.toString(),
    today: today.toString(),
    weekBefore: day.subtract({ days: 7 }).toString(),
    weekAfter: day.add({ days: 7 }).toString(),
    numbers: count(slots),
    columns,
    rows: rowsOfWeek(columns, monday, clinics[0]?.timeZone ?? 'UTC')
  }
}

/** The room of all of them, if it is one. */
function usualRoom(slots: TimetableSlot[]) {
  const [room, ...others] = new Set(slots.flatMap(slot => slot.room ?? []))
  return room && others.length === 0 ? room : null
}

/** `offered` are the times of the day that patients can have or could have had: neither blocked, suspended nor extra. */
function count(slots: TimetableSlot[]) {
  const having = (status: string) => slots.filter(({ visit }) => visit?.status === status).length
  return {
    booked: slots.filter(({ visit }) => visit).length,
    offered: slots.filter(({ state, isExtra }) => !isExtra && ['FREE', 'BOOKED', 'HELD', 'PAST'].includes(state))
      .length,
    waiting: having('CHECKED_IN'),
    toConfirm: slots.filter(({ visit }) => visit?.steps.includes('confirmation')).length,
    missed: having('NO_SHOW'),
    toSolve: slots.filter(({ visit }) => visit?.suspendedBy).length
  }
}
