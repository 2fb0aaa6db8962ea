import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { type Away, closureOf } from '../../scheduling/openings.ts'
import type { Diary, PublishedHours, PublishedSlot } from '../../scheduling/publishing.ts'
import { LONGEST_SLOT } from '../../scheduling/slots.ts'
import { dayAt, instantOf, plainDate, toDate } from '../../scheduling/zone.ts'
import { isStanding } from '../appointments/transitions.ts'

/** The day that begins at midnight is published before: nobody waits for a job. */
const DAYS_BEYOND_THE_WINDOW = 1

const hoursFields = {
  id: true,
  clinicId: true,
  roomId: true,
  weekday: true,
  startMinutes: true,
  endMinutes: true,
  slotMinutes: true,
  validFrom: true,
  validUntil: true,
  clinic: { select: { timeZone: true, bookingWindowDays: true } },
  breaks: { select: { startMinutes: true, endMinutes: true }, orderBy: { startMinutes: 'asc' } }
} satisfies Prisma.WorkingHoursSelect

/** A doctor's time from now on, at every clinic: the hours, who is away when, and the slots that are there. */
export async function diaryOf(tx: Tx, ctx: Ctx, doctorId: string): Promise<Diary> {
  const [hours, away, published] = [
    await hoursOf(tx, ctx, doctorId),
    await awayOf(tx, ctx, doctorId),
    await slotsFromNow(tx, ctx, doctorId)
  ]
  return { hours, away, published }
}

/** A doctor's weekly hours at every clinic, each with the last day to publish. */
export async function hoursOf(tx: Tx, { now }: Ctx, doctorId: string): Promise<PublishedHours[]> {
  const rows = await tx.workingHours.findMany({ where: { doctorId }, select: hoursFields, orderBy: { id: 'asc' } })
  return rows.map(({ clinic, validFrom, validUntil, ...row }) => ({
    ...row,
    timeZone: clinic.timeZone,
    validFrom: plainDate(validFrom),
    validUntil: validUntil && plainDate(validUntil),
    lastDay: lastDayOf(now, clinic)
  }))
}

/** The last day for which a clinic's slots are published. */
export const lastDayOf = (now: Temporal.Instant, clinic: { timeZone: string; bookingWindowDays: number }) =>
  dayAt(now, clinic.timeZone).add({ days: clinic.bookingWindowDays + DAYS_BEYOND_THE_WINDOW })

/** Time off of a doctor and closures of the clinics where the doctor works or has slots, those that are not over. */
export async function awayOf(tx: Tx, { now }: Ctx, doctorId: string): Promise<Away[]> {
  const timeOff = await tx.timeOff.findMany({
    where: { doctorId, endsAt: { gt: toDate(now) } },
    select: { startsAt: true, endsAt: true }
  })
  // No zone's calendar is more than a day behind that of UTC.
  const yesterday = toDate(now.subtract({ hours: 48 }))
  const closures = await tx.closure.findMany({
    where: {
      endsOn: { gte: yesterday },
      clinic: { OR: [{ doctors: { some: { doctorId } } }, { timeslots: { some: { doctorId } } }] }
    },
    select: { startsOn: true, endsOn: true, clinic: { select: { id: true, timeZone: true } } }
  })
  return [
    ...timeOff.map(({ startsAt, endsAt }) => ({
      by: 'TIME_OFF' as const,
      startsAt: instantOf(startsAt),
      endsAt: instantOf(endsAt)
    })),
    ...closures.map(({ clinic, startsOn, endsOn }) => closureOf(clinic, plainDate(startsOn), plainDate(endsOn)))
  ]
}

type SlotRow = Omit<PublishedSlot, 'startsAt' | 'endsAt'> & { startsAt: Date; endsAt: Date }

/** Those that are running too: nothing may be put on top of them. */
async function slotsFromNow(tx: Tx, ctx: Ctx, doctorId: string): Promise<PublishedSlot[]> {
  const { now } = ctx
  const rows = await tx.$queryRaw<SlotRow[]>`
    SELECT s.id, s.clinic_id AS "clinicId", s.room_id AS "roomId", s.working_hours_id AS "hoursId",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.is_available AS "isAvailable",
      s.is_extra AS "isExtra", s.suspended_by AS "suspendedBy", s.withdrawn_at IS NOT NULL AS "isRemoved",
      EXISTS (SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id AND ${isStanding(ctx)}) AS "isTaken"
    FROM time_slots s
    WHERE s.doctor_id = ${doctorId}::uuid AND s.ends_at > ${toDate(now)}::timestamptz
      AND s.starts_at > ${toDate(now.subtract(LONGEST_SLOT))}::timestamptz
      AND (s.withdrawn_at IS NULL OR s.working_hours_id IS NOT NULL)
    ORDER BY s.starts_at`
  return rows.map(row => ({ ...row, startsAt: instantOf(row.startsAt), endsAt: instantOf(row.endsAt) }))
}
