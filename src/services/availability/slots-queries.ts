import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { dayAt, onTheClock, toDate } from '../../scheduling/zone.ts'
import { live } from '../appointments/transitions.ts'
import { type DoctorClinic, doctorClinics, onDays, ownDoctorId } from './doctor-clinics.ts'

export type SlotState = 'FREE' | 'BOOKED' | 'HELD' | 'BLOCKED' | 'PAST'

const fields = {
  id: true,
  startsAt: true,
  endsAt: true,
  isAvailable: true,
  isExtra: true,
  clinic: { select: { id: true, name: true, timeZone: true } },
  room: { select: { name: true } },
  appointments: { where: { status: { in: [...live] } }, select: { id: true, status: true, holdExpiresAt: true } }
} satisfies Prisma.TimeSlotSelect

type Row = Prisma.TimeSlotGetPayload<{ select: typeof fields }>

/**
 * A doctor's own slots of some days, each clinic's by its own clock, in order. Left out are withdrawn ones, and those
 * that are suspended unless somebody has them.
 */
export async function slotsOf(ctx: Ctx, clinics: DoctorClinic[], from: Temporal.PlainDate, days: number) {
  const rows = await db.timeSlot.findMany({
    where: {
      ...{ doctorId: ownDoctorId(ctx), withdrawnAt: null, OR: onDays(clinics, from, days) },
      NOT: { suspendedBy: { not: null }, appointments: { none: { status: { in: [...live] } } } }
    },
    select: fields,
    orderBy: { startsAt: 'asc' }
  })
  return rows.map(row => shown(ctx, row))
}

/** One of the doctor's own slots. Throws NotFound for another doctor's, and for one that was removed. */
export async function slotFor(ctx: Ctx, id: string) {
  const row = await db.timeSlot.findFirst({
    where: { id, doctorId: ownDoctorId(ctx), withdrawnAt: null },
    select: fields
  })
  if (!row) throw new NotFound()
  return shown(ctx, row)
}

function shown(ctx: Ctx, { clinic, room, appointments: [taken], ...slot }: Row) {
  const state = stateOf(slot, taken, toDate(ctx.now))
  return {
    id: slot.id,
    startsAt: onTheClock(slot.startsAt, clinic.timeZone),
    endsAt: onTheClock(slot.endsAt, clinic.timeZone),
    timeZone: clinic.timeZone,
    clinicId: clinic.id,
    clinic: clinic.name,
    room: room?.name ?? null,
    isExtra: slot.isExtra,
    state,
    appointmentId: state === 'BOOKED' && taken ? taken.id : null
  }
}

interface Taken {
  status: string
  holdExpiresAt: Date | null
}

function stateOf(slot: { startsAt: Date; isAvailable: boolean }, taken: Taken | undefined, now: Date): SlotState {
  if (taken && taken.status !== 'HELD') return 'BOOKED'
  if (taken?.holdExpiresAt && taken.holdExpiresAt > now) return 'HELD'
  if (slot.startsAt <= now) return 'PAST'
  return slot.isAvailable ? 'FREE' : 'BLOCKED'
}

/** The doctor's slots of the week (Monday to Sunday) around a day: today where the doctor works next, when none is named. */
export async function doctorWeek(ctx: Ctx, on?: string) {
  const clinics = await doctorClinics(ctx)
  const timeZone = clinics[0]?.timeZone ?? 'UTC'
  const day = on ? Temporal.PlainDate.from(on) : dayAt(ctx.now, timeZone)
  const first = day.subtract({ days: day.dayOfWeek - 1 })
  return {
    date: day.toString(),
    timeZone,
    weekBefore: day.subtract({ days: 7 }).toString(),
    weekAfter: day.add({ days: 7 }).toString(),
    dates: Array.from({ length: 7 }, (_, at) => first.add({ days: at }).toString()),
    clinics,
    timeslots: await slotsOf(ctx, clinics, first, 7)
  }
}

/** The day of a doctor's own slot by its clinic's clock, null when there is no such slot (any more). */
export async function dayOfSlot(ctx: Ctx, id: string) {
  const slot = await db.timeSlot.findFirst({
    where: { id, doctorId: ownDoctorId(ctx) },
    select: { startsAt: true, clinic: { select: { timeZone: true } } }
  })
  return slot && onTheClock(slot.startsAt, slot.clinic.timeZone).slice(0, 10)
}
