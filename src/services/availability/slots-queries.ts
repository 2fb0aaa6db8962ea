import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { dayAt, mondayOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { live } from '../appointments/transitions.ts'
import { type DoctorClinic, doctorClinics, onDays } from './doctor-clinics.ts'
import { slotsOpenTo } from './own-slot.ts'
import { whoseTime } from './whose-time.ts'

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

interface Whose {
  doctorId: string
  clinics: DoctorClinic[]
}

/**
 * A doctor's slots at some clinics on some days, each clinic's by its own clock, in order. Left out are withdrawn ones,
 * and those that are suspended unless somebody has them.
 */
export async function slotsOf(ctx: Ctx, { doctorId, clinics }: Whose, from: Temporal.PlainDate, days: number) {
  const rows = await db.timeSlot.findMany({
    where: {
      ...{ doctorId, withdrawnAt: null, OR: onDays(clinics, from, days), AND: [slotsOpenTo(ctx)] },
      NOT: { suspendedBy: { not: null }, appointments: { none: { status: { in: [...live] } } } }
    },
    select: fields,
    orderBy: { startsAt: 'asc' }
  })
  return rows.map(row => shown(ctx, row))
}

/** A slot that this person may change. Throws NotFound for one that isn't, and for one that was removed. */
export async function slotFor(ctx: Ctx, id: string) {
  const row = await db.timeSlot.findFirst({
    where: { AND: [{ id, withdrawnAt: null }, slotsOpenTo(ctx)] },
    select: { ...fields, doctorId: true }
  })
  if (!row) throw new NotFound()
  return { ...shown(ctx, row), doctorId: row.doctorId }
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

/**
 * The slots of one's own week (Monday to Sunday), or of a doctor's who is named, around a day: today where the doctor
 * works next, when none is named. Throws NotFound for a doctor whose time isn't this person's to change.
 */
export async function doctorWeek(ctx: Ctx, on?: string, whose?: string) {
  const { id: doctorId, name } = await whoseTime(ctx, whose)
  const clinics = await doctorClinics(ctx, doctorId)
  const timeZone = clinics[0]?.timeZone ?? 'UTC'
  const day = on ? Temporal.PlainDate.from(on) : dayAt(ctx.now, timeZone)
  const first = mondayOf(day)
  return {
    doctor: { id: doctorId, name },
    date: day.toString(),
    timeZone,
    weekBefore: day.subtract({ days: 7 }).toString(),
    weekAfter: day.add({ days: 7 }).toString(),
    dates: Array.from({ length: 7 }, (_, at) => first.add({ days: at }).toString()),
    clinics,
    timeslots: await slotsOf(ctx, { doctorId, clinics }, first, 7)
  }
}

/**
 * Whose a slot is, where, and on which day by its clinic's clock, also when it was removed. Throws NotFound for one that
 * this person may not change.
 */
export async function placeOfSlot(ctx: Ctx, id: string) {
  const slot = await db.timeSlot.findFirst({
    where: { AND: [{ id }, slotsOpenTo(ctx)] },
    select: { doctorId: true, clinicId: true, startsAt: true, clinic: { select: { timeZone: true } } }
  })
  if (!slot) throw new NotFound()
  const { doctorId, clinicId, startsAt, clinic } = slot
  return { doctorId, clinicId, date: onTheClock(startsAt, clinic.timeZone).slice(0, 10) }
}
