import type { Temporal } from 'temporal-polyfill'
import { pool } from '../../src/database/client.ts'
import { dayAt } from '../../src/scheduling/zone.ts'
import { DEMO_DOMAIN } from './names.ts'
import { type Hours, timesOn } from './slots.ts'
import { iso } from './world.ts'

type WorkingDay = Hours & { bookingWindowDays: number; validFrom: string; validUntil: string | null }

/**
 * Publishes the times of the demo's doctors for the days of the booking window that have none yet, and returns how
 * many. A day that has any time of the doctor at that clinic is left alone, so what was removed by hand stays removed.
 * Other doctors are never touched. May run twice, or twice at once.
 */
export async function keepWindowFull(now: Temporal.Instant): Promise<number> {
  const { rows: week } = await pool.query<WorkingDay>(WEEK, [`%${DEMO_DOMAIN}`])
  const { rows: days } = await pool.query<{ day: string }>(PUBLISHED_DAYS, [now.subtract({ hours: 24 }).toString()])
  const published = new Set(days.map(({ day }) => day))
  const slots = week.flatMap(hours =>
    openDays(now, hours)
      .filter(day => !published.has(`${hours.doctorId} ${hours.clinicId} ${day}`))
      .flatMap(day => slotsOf(day, hours))
  )
  const { rowCount } = await pool.query(PUBLISH, [JSON.stringify(slots)])
  return rowCount ?? 0
}

function openDays(now: Temporal.Instant, { timeZone, bookingWindowDays, validFrom, validUntil }: WorkingDay) {
  const today = dayAt(now, timeZone)
  const window = Array.from({ length: bookingWindowDays + 1 }, (_, days) => today.add({ days }))
  return window.filter(day => validFrom <= day.toString() && (!validUntil || day.toString() <= validUntil))
}

function slotsOf(day: Temporal.PlainDate, hours: WorkingDay) {
  const { doctorId, clinicId, roomId } = hours
  return timesOn(day, hours).map(({ id, startsAt, endsAt }) => ({
    ...{ id, doctorId, clinicId, roomId, day: day.toString() },
    ...{ startsAt: iso(startsAt), endsAt: iso(endsAt) }
  }))
}

const WEEK = `
  SELECT w.doctor_id AS "doctorId", w.clinic_id AS "clinicId", w.room_id AS "roomId", c.time_zone AS "timeZone",
    c.booking_window_days AS "bookingWindowDays", w.valid_from::text AS "validFrom", w.valid_until::text AS "validUntil",
    w.weekday, w.start_minutes AS "startMinutes", w.end_minutes AS "endMinutes", w.slot_minutes AS "slotMinutes",
    coalesce((SELECT jsonb_agg(jsonb_build_object('startMinutes', b.start_minutes, 'endMinutes', b.end_minutes))
      FROM breaks b WHERE b.working_hours_id = w.id), '[]') AS breaks
  FROM working_hours w JOIN clinics c ON c.id = w.clinic_id JOIN doctors d ON d.id = w.doctor_id
    JOIN users u ON u.id = d.user_id
  WHERE u.email LIKE $1 AND u.disabled_at IS NULL AND d.deactivated_at IS NULL AND c.deactivated_at IS NULL
  ORDER BY w.doctor_id, w.weekday, w.start_minutes`

const PUBLISHED_DAYS = `
  SELECT DISTINCT concat_ws(' ', s.doctor_id, s.clinic_id, (s.starts_at AT TIME ZONE c.time_zone)::date) AS day
  FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
  WHERE s.starts_at > $1`

const PUBLISH = `
  INSERT INTO time_slots (id, doctor_id, clinic_id, room_id, starts_at, ends_at)
  SELECT n.id, n."doctorId", n."clinicId", n."roomId", n."startsAt", n."endsAt"
  FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "doctorId" uuid, "clinicId" uuid, "roomId" uuid, day date,
    "startsAt" timestamptz, "endsAt" timestamptz)
  WHERE NOT EXISTS (SELECT 1 FROM closures x WHERE x.clinic_id = n."clinicId" AND n.day BETWEEN x.starts_on AND x.ends_on)
    AND NOT EXISTS (SELECT 1 FROM time_off o WHERE o.doctor_id = n."doctorId"
      AND tstzrange(o.starts_at, o.ends_at) && tstzrange(n."startsAt", n."endsAt"))
  ON CONFLICT DO NOTHING`
