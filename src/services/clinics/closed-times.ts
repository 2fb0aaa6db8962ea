import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import type { Interval } from '../../scheduling/intervals.ts'
import { LONGEST_SLOT } from '../../scheduling/slots.ts'
import { toDate } from '../../scheduling/zone.ts'
import { isUpcoming } from '../appointments/transitions.ts'
import { hasBegun, isClosed, suspendBegun } from '../availability/begun-visits.ts'

// A closure suspends times, and nothing else: one statement for a whole clinic says the same as publishing every doctor,
// without reading what all of them do. It leaves little for others who book to clash with.

const isAhead = (ctx: Ctx) =>
  Prisma.sql`s.withdrawn_at IS NULL AND (s.starts_at > ${toDate(ctx.now)}::timestamptz OR ${hasBegun(ctx)})`

/** No slot is longer: the index finds those of some days by their start. */
const during = Prisma.sql`s.starts_at > d.starts_at - ${LONGEST_SLOT.minutes} * interval '1 minute' AND s.starts_at < d.ends_at
  AND s.ends_at > d.starts_at`

/** Suspends the times of a clinic that closures take and nothing else has. Returns for each how many visits it hits. */
export async function closeTimes(tx: Tx, ctx: Ctx, clinicId: string, closures: (Interval & { id: string })[]) {
  const ids = closures.map(({ id }) => id)
  const [starts, ends] = [closures.map(each => String(each.startsAt)), closures.map(each => String(each.endsAt))]
  const rows = await tx.$queryRaw<{ id: string; visits: number }[]>`
    WITH shut AS (
      UPDATE time_slots s SET suspended_by = 'CLOSURE'
      FROM unnest(${ids}::uuid[], ${starts}::timestamptz[], ${ends}::timestamptz[]) AS d(id, starts_at, ends_at)
      WHERE s.clinic_id = ${clinicId}::uuid AND ${during} AND s.suspended_by IS NULL AND ${isAhead(ctx)}
      RETURNING s.id, d.id AS closure_id)
    SELECT shut.closure_id AS id, count(*)::int AS visits
    FROM shut JOIN appointments a ON a.timeslot_id = shut.id AND ${isUpcoming} GROUP BY shut.closure_id`
  return new Map(rows.map(({ id, visits }) => [id, visits]))
}

/** Brings back the times that were closed then and that no other closure has. Returns how many visits are among them. */
export async function openTimes(tx: Tx, ctx: Ctx, clinicId: string, { startsAt, endsAt }: Interval) {
  const [counted] = await tx.$queryRaw<{ visits: number }[]>`
    WITH opened AS (
      UPDATE time_slots s SET suspended_by = NULL
      FROM (SELECT ${toDate(startsAt)}::timestamptz AS starts_at, ${toDate(endsAt)}::timestamptz AS ends_at) AS d
      WHERE s.clinic_id = ${clinicId}::uuid AND ${during} AND s.suspended_by = 'CLOSURE' AND ${isAhead(ctx)}
        AND NOT ${isClosed}
      RETURNING s.id)
    SELECT count(*)::int AS visits FROM opened JOIN appointments a ON a.timeslot_id = opened.id AND ${isUpcoming}`
  return (counted?.visits ?? 0) - (await suspendBegun(tx, ctx, { clinicId }))
}
