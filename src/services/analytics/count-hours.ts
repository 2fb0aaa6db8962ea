import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { dayOf } from '../../scheduling/zone.ts'
import {
  isOffered,
  leadMinutes,
  minutesOf,
  onThatDay,
  received,
  refunded,
  takesPlace,
  wasBooked
} from './what-counts.ts'

const AT_ONCE = 1000

interface Day {
  clinicId: string
  doctorId: string
  day: Date
}

/**
 * Makes the numbers anew of every day in which something changed, by the clinic's clock: from appointments, payments
 * and slots as they are, never by adding to what was counted before. A thousand changes to a transaction, of which one
 * runs at a time however many workers there are. What changes meanwhile is counted then or the next time. Returns how
 * many days.
 */
export async function countHours() {
  for (let counted = 0; ; ) {
    const { taken, days } = await countSome()
    counted += days
    if (taken < AT_ONCE) return counted
  }
}

/**
 * Each statement sees what was committed before it (READ COMMITTED): first the notes of what changed are taken away,
 * then the days they speak of are counted. A change seen too late to be counted has left a note that is still there. Who
 * comes second waits at the first note until its transaction is over, so no two count the same day at once.
 */
const countSome = () =>
  db.$transaction(
    async tx => {
      const { taken, days } = await takeStale(tx)
      if (days.length) await count(tx, days)
      return { taken, days: days.length }
    },
    { isolationLevel: 'ReadCommitted' }
  )

const daysOf = (days: Day[]) => Prisma.sql`(
  SELECT * FROM unnest(${days.map(({ clinicId }) => clinicId)}::uuid[], ${days.map(({ doctorId }) => doctorId)}::uuid[],
    ${days.map(({ day }) => dayOf(day))}::date[]) AS each(clinic_id, doctor_id, day))`
const ofDay = Prisma.sql`n.clinic_id = d.clinic_id AND n.doctor_id = d.doctor_id AND n.day = d.day`

async function takeStale(tx: Tx) {
  const rows = await tx.$queryRaw<{ clinicId: string; doctorId: string; day: Date | null; notes: number }[]>`
    WITH taken AS (
      DELETE FROM stale_hours WHERE id IN (SELECT id FROM stale_hours ORDER BY id LIMIT ${AT_ONCE} FOR UPDATE)
      RETURNING clinic_id, doctor_id, starts_at)
    SELECT t.clinic_id AS "clinicId", t.doctor_id AS "doctorId", (t.starts_at AT TIME ZONE c.time_zone)::date AS day,
      count(*)::int AS notes
    FROM taken t LEFT JOIN clinics c ON c.id = t.clinic_id
    GROUP BY 1, 2, 3`
  const taken = rows.reduce((sum, { notes }) => sum + notes, 0)
  // A clinic that was removed has no days any more.
  return { taken, days: rows.filter((row): row is typeof row & Day => row.day !== null) }
}

async function count(tx: Tx, days: Day[]) {
  const those = daysOf(days)
  await tx.$executeRaw`DELETE FROM hour_numbers n USING ${those} d WHERE ${ofDay}`
  await tx.$executeRaw`
    INSERT INTO hour_numbers (clinic_id, doctor_id, day, hour, offered_minutes, visit_minutes,
      booked, completed, cancelled, cancelled_late, rejected, missed, lead_minutes, fee_minor, received_minor, refunded_minor)
    SELECT d.clinic_id, d.doctor_id, d.day, n.hour, sum(n.offered), sum(n.visit), sum(n.booked), sum(n.completed),
      sum(n.cancelled), sum(n.late), sum(n.rejected), sum(n.missed), sum(n.lead), sum(n.fee), sum(n.received), sum(n.refunded)
    FROM ${those} d JOIN clinics c ON c.id = d.clinic_id
    CROSS JOIN LATERAL (
      SELECT extract(hour FROM s.starts_at AT TIME ZONE c.time_zone)::int AS hour, ${minutesOf('s')} AS offered,
        0 AS visit, 0 AS booked, 0 AS completed, 0 AS cancelled, 0 AS late, 0 AS rejected, 0 AS missed, 0 AS lead, 0 AS fee,
        0 AS received, 0 AS refunded
      FROM time_slots s WHERE ${onThatDay('s')} AND ${isOffered}
      UNION ALL
      SELECT extract(hour FROM a.starts_at AT TIME ZONE c.time_zone)::int, 0,
        CASE WHEN ${takesPlace} THEN ${minutesOf('a')} ELSE 0 END, 1, (a.status = 'COMPLETED')::int,
        (a.status = 'CANCELLED')::int, (a.status = 'CANCELLED' AND a.cancelled_late)::int,
        (a.status = 'REJECTED')::int, (a.status = 'NO_SHOW')::int, ${leadMinutes},
        CASE WHEN a.status = 'COMPLETED' AND a.currency = c.currency THEN a.fee_minor ELSE 0 END, 0, 0
      FROM appointments a WHERE ${onThatDay('a')} AND ${wasBooked}
      UNION ALL
      SELECT extract(hour FROM a.starts_at AT TIME ZONE c.time_zone)::int, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ${received}, ${refunded}
      FROM appointments a JOIN payments p ON p.appointment_id = a.id AND p.paid_at IS NOT NULL WHERE ${onThatDay('a')}) n
    GROUP BY 1, 2, 3, 4`
  await sumUp(tx, those)
}

/** The coarser sums of these days, from the finer ones. */
async function sumUp(tx: Tx, those: Prisma.Sql) {
  await tx.$executeRaw`DELETE FROM day_numbers n USING ${those} d WHERE ${ofDay}`
  await tx.$executeRaw`
    INSERT INTO day_numbers (clinic_id, doctor_id, day, offered_minutes, visit_minutes,
      booked, completed, cancelled, cancelled_late, rejected, missed, lead_minutes, fee_minor, received_minor, refunded_minor)
    SELECT n.clinic_id, n.doctor_id, n.day, sum(offered_minutes), sum(visit_minutes), sum(booked), sum(completed),
      sum(cancelled), sum(cancelled_late), sum(rejected), sum(missed), sum(lead_minutes), sum(fee_minor),
      sum(received_minor), sum(refunded_minor)
    FROM ${those} d JOIN hour_numbers n ON ${ofDay} GROUP BY 1, 2, 3`

  const clinicDays = Prisma.sql`(SELECT DISTINCT clinic_id, day FROM ${those} d)`
  const ofClinicDay = Prisma.sql`n.clinic_id = d.clinic_id AND n.day = d.day`
  await tx.$executeRaw`DELETE FROM clinic_hour_numbers n USING ${clinicDays} d WHERE ${ofClinicDay}`
  await tx.$executeRaw`
    INSERT INTO clinic_hour_numbers (clinic_id, day, hour, offered_minutes, visit_minutes, booked)
    SELECT n.clinic_id, n.day, n.hour, sum(offered_minutes), sum(visit_minutes), sum(booked)
    FROM ${clinicDays} d JOIN hour_numbers n ON ${ofClinicDay} GROUP BY 1, 2, 3`
}
