import { type Ctx, guest } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { bookable } from '../availability/bookable.ts'
import { isStanding } from './transitions.ts'

interface Visit {
  id: string
  doctor: { id: string }
}

interface Row {
  visitId: string
  timeslotId: string
  startsAt: Date
  timeZone: string
  awayMs: number
}

/** A time that a visit could move to, on the clinic's clock. */
export interface Proposal {
  timeslotId: string
  startsAt: string
}

/**
 * For each of some visits, soonest first, the few free times of the same doctor at the same clinic that are nearest to
 * it and at which the patient has nothing else. No time is proposed twice.
 */
export async function proposalsFor(ctx: Ctx, visits: Visit[], each: number): Promise<Map<string, Proposal[]>> {
  const visitIds = visits.map(({ id }) => id)
  const rivals = [...Map.groupBy(visits, ({ doctor }) => doctor.id).values()]
  // As many as it takes when everyone else of the same doctor is given the nearest ones.
  const most = each * Math.max(0, ...rivals.map(some => some.length))
  const near = (side: Prisma.Sql, order: Prisma.Sql) => Prisma.sql`(
    SELECT s.id, s.starts_at FROM time_slots s
    WHERE s.doctor_id = v.doctor_id AND s.clinic_id = v.clinic_id AND ${side} AND ${bookable(ctx)} AND ${suits(ctx)}
    ORDER BY s.starts_at ${order} LIMIT ${most})`
  const rows = await db.$queryRaw<Row[]>`
    SELECT v.id AS "visitId", f.id AS "timeslotId", f.starts_at AS "startsAt", c.time_zone AS "timeZone",
      abs(extract(epoch FROM f.starts_at - v.starts_at))::float8 * 1000 AS "awayMs"
    FROM appointments v JOIN doctors d ON d.id = v.doctor_id JOIN clinics c ON c.id = v.clinic_id
    CROSS JOIN LATERAL (
      ${near(Prisma.sql`s.starts_at >= v.starts_at`, Prisma.sql`ASC`)}
      UNION ALL
      ${near(Prisma.sql`s.starts_at < v.starts_at`, Prisma.sql`DESC`)}) f
    WHERE v.id = ANY(${visitIds}::uuid[])
    ORDER BY "awayMs", f.starts_at`

  const byVisit = Map.groupBy(rows, row => row.visitId)
  const given = new Set<string>()
  return new Map(
    visitIds.map(id => {
      const nearest = (byVisit.get(id) ?? []).filter(row => !given.has(row.timeslotId)).slice(0, each)
      for (const row of nearest) given.add(row.timeslotId)
      return [id, nearest.sort((a, b) => a.startsAt.valueOf() - b.startsAt.valueOf()).map(proposal)]
    })
  )
}

/**
 * Of some times for each of some visits those that their patients can take themselves now, soonest first: at the same
 * doctor and clinic, by the rules for patients, whoever asks.
 */
export async function choosable(ctx: Ctx, wanted: Map<string, string[]>): Promise<Map<string, Proposal[]>> {
  const pairs = [...wanted].flatMap(([id, times]) => times.map(timeslotId => ({ id, timeslotId })))
  const asPatient = ctx.actor.role === 'PATIENT' ? ctx : { ...ctx, actor: guest }
  const rows = await db.$queryRaw<Omit<Row, 'awayMs'>[]>`
    SELECT v.id AS "visitId", s.id AS "timeslotId", s.starts_at AS "startsAt", c.time_zone AS "timeZone"
    FROM unnest(${pairs.map(({ id }) => id)}::uuid[], ${pairs.map(({ timeslotId }) => timeslotId)}::uuid[]) w(visit, slot)
    JOIN appointments v ON v.id = w.visit
    JOIN time_slots s ON s.id = w.slot AND s.doctor_id = v.doctor_id AND s.clinic_id = v.clinic_id
    JOIN clinics c ON c.id = s.clinic_id JOIN doctors d ON d.id = s.doctor_id
    WHERE ${bookable(asPatient)} AND ${suits(ctx)}
    ORDER BY s.starts_at`
  const byVisit = Map.groupBy(rows, row => row.visitId)
  return new Map([...wanted.keys()].map(id => [id, (byVisit.get(id) ?? []).map(proposal)]))
}

/** The patient of `v` is nowhere else during `s`. A hold that ran out keeps nobody away. */
const suits = (ctx: Ctx) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM appointments a
  WHERE a.patient_id = v.patient_id AND a.id <> v.id AND ${isStanding(ctx)}
    AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at))`

const proposal = ({ timeslotId, startsAt, timeZone }: Omit<Row, 'awayMs'>): Proposal => ({
  timeslotId,
  startsAt: onTheClock(startsAt, timeZone)
})
