import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { bookable, free, offered, onDay } from './bookable.ts'

export interface Timeslot {
  id: string
  clinicId: string
  startsAt: string
  endsAt: string
  available: boolean
}

interface SlotRow {
  id: string
  clinicId: string
  startsAt: Date
  endsAt: Date
  available: boolean
  timeZone: string
}

const joined = Prisma.sql`time_slots s JOIN clinics c ON c.id = s.clinic_id JOIN doctors d ON d.id = s.doctor_id`
const at = (clinicId: string | undefined) => (clinicId ? Prisma.sql`AND s.clinic_id = ${clinicId}::uuid` : Prisma.empty)

/** The offered times of one doctor's day by the clinic's clock, taken ones included, in order. */
export async function timeslotsOn(ctx: Ctx, doctorId: string, day: string, clinicId?: string): Promise<Timeslot[]> {
  const rows = await db.$queryRaw<SlotRow[]>`
    SELECT s.id, s.clinic_id AS "clinicId", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
      c.time_zone AS "timeZone", ${free(ctx)} AS available
    FROM ${joined}
    WHERE s.doctor_id = ${doctorId}::uuid ${at(clinicId)} AND ${onDay(day)} AND ${offered(ctx)}
    ORDER BY s.starts_at`
  return rows.map(row => ({
    id: row.id,
    clinicId: row.clinicId,
    startsAt: onTheClock(row.startsAt, row.timeZone),
    endsAt: onTheClock(row.endsAt, row.timeZone),
    available: row.available
  }))
}

export interface Day {
  date: string
  free: number
  total: number
}

/** Every day of the booking window on which a doctor offers times, with how many and how many free. */
export async function daysOf(ctx: Ctx, doctorId: string, clinicId?: string): Promise<Day[]> {
  return db.$queryRaw<Day[]>`
    SELECT to_char((s.starts_at AT TIME ZONE c.time_zone)::date, 'YYYY-MM-DD') AS date,
      count(*) FILTER (WHERE ${free(ctx)})::int AS free, count(*)::int AS total
    FROM ${joined}
    WHERE s.doctor_id = ${doctorId}::uuid ${at(clinicId)} AND ${offered(ctx)}
    GROUP BY 1 ORDER BY 1`
}

export interface NextTime {
  timeslotId: string
  startsAt: string
  timeZone: string
  clinicId: string
}

/** The first free times of each of some doctors, at one clinic or at all of theirs. */
export async function nextTimes(ctx: Ctx, doctorIds: string[], each: number, clinicId?: string) {
  const rows = await db.$queryRaw<(SlotRow & { doctorId: string })[]>`
    SELECT d.id AS "doctorId", f.* FROM doctors d
    CROSS JOIN LATERAL (
      SELECT s.id, s.clinic_id AS "clinicId", s.starts_at AS "startsAt", c.time_zone AS "timeZone"
      FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
      WHERE s.doctor_id = d.id ${at(clinicId)} AND ${bookable(ctx)}
      ORDER BY s.starts_at LIMIT ${each}) f
    WHERE d.id = ANY(${doctorIds}::uuid[])
    ORDER BY f."startsAt"`
  const found = Map.groupBy(rows, row => row.doctorId)
  return new Map(doctorIds.map(id => [id, (found.get(id) ?? []).map(nextTime)]))
}

/** Free times of a doctor nearest to an instant, before or after it: what to offer when one has just gone. */
export async function nearestTimes(ctx: Ctx, doctorId: string, startsAt: Date, most = 3): Promise<NextTime[]> {
  const rows = await db.$queryRaw<SlotRow[]>`
    SELECT s.id, s.clinic_id AS "clinicId", s.starts_at AS "startsAt", c.time_zone AS "timeZone"
    FROM ${joined}
    WHERE s.doctor_id = ${doctorId}::uuid AND ${bookable(ctx)}
      AND s.starts_at BETWEEN ${startsAt}::timestamptz - interval '14 days' AND ${startsAt}::timestamptz + interval '14 days'
    ORDER BY abs(extract(epoch FROM s.starts_at - ${startsAt}::timestamptz)), s.starts_at LIMIT ${most}`
  return rows.map(nextTime).sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))
}

const nextTime = (row: SlotRow): NextTime => ({
  timeslotId: row.id,
  startsAt: onTheClock(row.startsAt, row.timeZone),
  timeZone: row.timeZone,
  clinicId: row.clinicId
})

export interface ChosenTime {
  timeslotId: string
  startsAt: string
  endsAt: string
  timeZone: string
  doctor: { id: string; name: string; specialization: string }
  clinic: { id: string; name: string; city: string; address: string }
}

/**
 * A time someone chose before signing in, or on the phone, while it is still offered; to the front desk at its own
 * clinics.
 */
export async function chosenTime(ctx: Ctx, timeslotId: string): Promise<ChosenTime | null> {
  const [offered] = await db.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM ${joined} WHERE s.id = ${timeslotId}::uuid AND ${bookable(ctx)}`
  if (!offered) return null

  const slot = await db.timeSlot.findUniqueOrThrow({
    where: { id: timeslotId },
    select: {
      startsAt: true,
      endsAt: true,
      doctor: { select: { id: true, user: { select: { name: true } }, specialization: { select: { name: true } } } },
      clinic: { select: { id: true, name: true, city: true, address: true, timeZone: true } }
    }
  })
  const { timeZone, ...clinic } = slot.clinic
  if (!isOwnClinic(ctx, clinic.id)) return null
  return {
    timeslotId,
    startsAt: onTheClock(slot.startsAt, timeZone),
    endsAt: onTheClock(slot.endsAt, timeZone),
    timeZone,
    doctor: { id: slot.doctor.id, name: slot.doctor.user.name, specialization: slot.doctor.specialization.name },
    clinic
  }
}
