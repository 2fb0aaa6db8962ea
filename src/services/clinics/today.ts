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
  toConfirm: number
}

/**
 * How the day goes at each of this person's clinics, and altogether: "today" is each clinic's own. `toConfirm` counts
 * every visit to come that nobody has confirmed, whatever the day.
 */
export async function todayAtClinics(ctx: Ctx) {
  const now = toDate(ctx.now)
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id, c.name, c.city::text, c.time_zone AS "timeZone",
      ${today('BOOKED')} AS booked, ${today('CONFIRMED')} AS confirmed, ${today('CHECKED_IN')} AS waiting,
      ${today('COMPLETED')} AS completed, ${today('NO_SHOW')} AS missed, ${today('CANCELLED', 'REJECTED')} AS cancelled,
      count(*) FILTER (WHERE a.status IN ('BOOKED', 'CONFIRMED') AND a.starts_at > ${now}::timestamptz
        AND a.starts_at <= ${now}::timestamptz + interval '1 hour')::int AS "nextHour",
      count(*) FILTER (WHERE a.status = 'BOOKED' AND a.starts_at > ${now}::timestamptz)::int AS "toConfirm"
    FROM clinics c
    CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE c.time_zone)::date AS day) t
    LEFT JOIN appointments a ON a.clinic_id = c.id AND a.starts_at > ${now}::timestamptz - interval '26 hours'
    WHERE c.deactivated_at IS NULL AND ${mine(ctx)}
    GROUP BY c.id ORDER BY c.name, c.city`

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
    toConfirm: sum(row => row.toConfirm)
  }
}

/** How many there are of what this person's clinics have. */
export async function clinicTotals(ctx: Ctx) {
  const clinic = { AND: [clinicsOf(ctx), { deactivatedAt: null }] }
  const [clinics, doctors, patients] = await Promise.all([
    db.clinic.count({ where: clinic }),
    db.doctor.count({ where: { deactivatedAt: null, clinics: { some: { clinic } } } }),
    db.patient.count({
      where: {
        archivedAt: null,
        ...(ctx.actor.role === 'STAFF' && { appointments: { some: { clinic: clinicsOf(ctx) } } })
      }
    })
  ])
  return { clinics, doctors, patients }
}
