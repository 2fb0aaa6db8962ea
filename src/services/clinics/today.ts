import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from './admin-queries.ts'

interface Row {
  id: string
  name: string
  city: string
  timeZone: string
  booked: number
  confirmed: number
  waiting: number
  completed: number
  missed: number
  cancelled: number
  nextHour: number
  late: number
  toConfirm: number
  weekAgo: number
  missedWeekAgo: number
}

/**
 * How the day goes at each of this person's clinics, and altogether: "today" is each clinic's own. `toConfirm` counts
 * every visit to come that nobody has confirmed, whatever the day; `late` who was to be there earlier today and is not
 * checked in; `weekAgo` the visits of the same weekday last week.
 */
export async function todayAtClinics(ctx: Ctx) {
  const now = toDate(ctx.now)
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id, c.name, c.city::text, c.time_zone AS "timeZone",
      n.*, f.*, w.*
    FROM clinics c
    CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE c.time_zone)::date AS day) t
    CROSS JOIN LATERAL (
      SELECT ${today('BOOKED')} AS booked, ${today('CONFIRMED')} AS confirmed, ${today('CHECKED_IN')} AS waiting,
        ${today('COMPLETED')} AS completed, ${today('NO_SHOW')} AS missed, ${today('CANCELLED', 'REJECTED')} AS cancelled,
        count(*) FILTER (WHERE a.status IN ('BOOKED', 'CONFIRMED') AND a.starts_at > ${now}::timestamptz
          AND a.starts_at <= ${now}::timestamptz + interval '1 hour')::int AS "nextHour",
        count(*) FILTER (WHERE a.status IN ('BOOKED', 'CONFIRMED') AND a.starts_at <= ${now}::timestamptz
          AND (a.starts_at AT TIME ZONE c.time_zone)::date = t.day)::int AS late
      FROM appointments a
      WHERE a.clinic_id = c.id AND a.starts_at > ${now}::timestamptz - interval '26 hours'
        AND a.starts_at < ${now}::timestamptz + interval '26 hours') n
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "toConfirm" FROM appointments a
      WHERE a.clinic_id = c.id AND a.status = 'BOOKED' AND a.starts_at > ${now}::timestamptz) f
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(d.booked - d.cancelled - d.rejected), 0)::int AS "weekAgo",
        coalesce(sum(d.missed), 0)::int AS "missedWeekAgo"
      FROM day_numbers d WHERE d.clinic_id = c.id AND d.day = t.day - 7) w
    WHERE c.deactivated_at IS NULL AND ${mine(ctx)}
    ORDER BY c.name, c.city`

  const clinics = rows.map(row => ({ ...row, now: onTheClock(now, row.timeZone) }))
  return { clinics, today: totals(rows) }
}

const today = (...statuses: string[]) =>
  Prisma.sql`count(*) FILTER (WHERE a.status::text = ANY(${statuses})
    AND (a.starts_at AT TIME ZONE c.time_zone)::date = t.day)::int`

const mine = ({ actor }: Ctx) =>
  actor.role === 'STAFF' ? Prisma.sql`c.id = ANY(${actor.clinicIds}::uuid[])` : Prisma.sql`true`

function totals(rows: Row[]) {
  const sum = (count: (row: Row) => number) => rows.reduce((all, row) => all + count(row), 0)
  return {
    total: sum(row => row.booked + row.confirmed + row.waiting + row.completed + row.missed),
    booked: sum(row => row.booked),
    confirmed: sum(row => row.confirmed),
    waiting: sum(row => row.waiting),
    completed: sum(row => row.completed),
    missed: sum(row => row.missed),
    cancelled: sum(row => row.cancelled),
    nextHour: sum(row => row.nextHour),
    late: sum(row => row.late),
    toConfirm: sum(row => row.toConfirm),
    weekAgo: sum(row => row.weekAgo),
    missedWeekAgo: sum(row => row.missedWeekAgo)
  }
}

/** How many there are of what this person's clinics have, and of those who are in use. */
export async function clinicTotals(ctx: Ctx) {
  const clinic = { AND: [clinicsOf(ctx), { deactivatedAt: null }] }
  const isStaff = ctx.actor.role === 'STAFF'
  const [clinics, doctors, patients, staff] = await Promise.all([
    db.clinic.count({ where: clinic }),
    db.doctor.count({ where: { deactivatedAt: null, clinics: { some: { clinic } } } }),
    isStaff ? patientsOf(ctx) : db.patient.count({ where: { archivedAt: null } }),
    db.user.count({ where: { role: 'STAFF', disabledAt: null, staffClinics: { some: { clinic: clinicsOf(ctx) } } } })
  ])
  return { clinics, doctors, patients, staff }
}

/** Who was ever booked at one of the clinics, or added by it. */
async function patientsOf({ actor }: Ctx) {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM patients p WHERE p.archived_at IS NULL AND p.id IN (
      SELECT patient_id FROM appointments WHERE clinic_id = ANY(${actor.clinicIds}::uuid[])
      UNION SELECT id FROM patients WHERE clinic_id = ANY(${actor.clinicIds}::uuid[]))`
  return row?.count ?? 0
}
