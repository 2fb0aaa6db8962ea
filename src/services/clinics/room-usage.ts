import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { boundsOf, dayAt, onTheClock, toDate, withNeighbours } from '../../scheduling/zone.ts'
import { canChangeRoom } from '../appointments/change-room.ts'
import { clinicToShow } from './clinic-to-show.ts'

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  endsAt: true,
  roomId: true,
  patient: { select: { name: true } },
  doctor: { select: { user: { select: { name: true } } } }
} satisfies Prisma.AppointmentSelect

type Row = Prisma.AppointmentGetPayload<{ select: typeof fields }>

/**
 * A day of one clinic by room, by the clinic's clock: today at the first of this person's clinics when nothing is asked
 * for, and no clinic when there is none. It is open from the first to the last time of its day, offered or booked, and
 * `share` is the part of that for which a room is booked. What is only held is not booked yet. Throws NotFound for a
 * clinic that isn't this person's.
 */
export async function roomUsage(ctx: Ctx, { clinicId, date }: { clinicId?: string; date?: string }) {
  const clinic = await clinicToShow(ctx, clinicId)
  if (!clinic) return { clinic }

  const today = dayAt(ctx.now, clinic.timeZone)
  const day = date ? Temporal.PlainDate.from(date) : today
  const { rooms, visits, open } = await usedOn(day, clinic)
  const onItsClock = (at: Date) => onTheClock(at, clinic.timeZone)
  const shown = ({ startsAt, endsAt, doctor, patient, roomId: _, ...row }: Row) => ({
    ...row,
    startsAt: onItsClock(startsAt),
    endsAt: onItsClock(endsAt),
    patient: patient.name,
    doctor: doctor.user.name,
    canChangeRoom: canChangeRoom(ctx, { ...row, endsAt })
  })
  return {
    clinic,
    ...withNeighbours(day),
    open: open && { from: onItsClock(open.startsAt), to: onItsClock(open.endsAt), minutes: minutesOf(open) },
    rooms: inOrder(ctx, rooms).map(({ id, name, deactivatedAt }) => {
      const here = visits.filter(({ roomId }) => roomId === id)
      const bookedMinutes = here.reduce((sum, visit) => sum + minutesOf(visit), 0)
      const share = open ? bookedMinutes / minutesOf(open) : 0
      return { id, name, isActive: !deactivatedAt, bookedMinutes, share, appointments: here.map(shown) }
    }),
    withoutRoom: visits.filter(({ roomId }) => roomId === null).map(shown)
  }
}

interface Time {
  startsAt: Date
  endsAt: Date
}

/** The rooms in use and those that are booked nevertheless, what is booked, and from when to when the clinic is open. */
async function usedOn(day: Temporal.PlainDate, { id: clinicId, timeZone }: { id: string; timeZone: string }) {
  const [start, end] = boundsOf(day, timeZone)
  const that = { clinicId, startsAt: { gte: toDate(start), lt: toDate(end) } }
  const booked: Prisma.AppointmentWhereInput = { status: { in: ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'] } }
  const isOffered: Prisma.TimeSlotWhereInput = { withdrawnAt: null, suspendedBy: null }
  const [rooms, visits, span] = await Promise.all([
    db.room.findMany({
      where: { clinicId, OR: [{ deactivatedAt: null }, { appointments: { some: { ...that, ...booked } } }] },
      select: { id: true, name: true, deactivatedAt: true }
    }),
    db.appointment.findMany({
      where: { ...that, ...booked },
      select: fields,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
    }),
    db.timeSlot.aggregate({
      where: { ...that, OR: [isOffered, { appointments: { some: booked } }] },
      _min: { startsAt: true },
      _max: { endsAt: true }
    })
  ])
  const [startsAt, endsAt] = [span._min?.startsAt, span._max?.endsAt]
  const open: Time | null = startsAt && endsAt ? { startsAt, endsAt } : null
  return { rooms, visits, open }
}

const minutesOf = ({ startsAt, endsAt }: Time) => (endsAt.valueOf() - startsAt.valueOf()) / 60_000

/** By name, as people count: Room 2 before Room 10. */
export const inOrder = <R extends { name: string }>({ locale }: Ctx, rooms: R[]) =>
  rooms.toSorted((a, b) => a.name.localeCompare(b.name, locale, { numeric: true }))
