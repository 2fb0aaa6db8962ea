import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { lastJobRun } from '../settings/job-runs.ts'

const MANY = 1000

interface Place {
  id: string
  timeZone: string
}

/**
 * As of when numbers of these clinics are complete, by their clock, or in UTC when they have several: now, or, while
 * changes wait to be counted, the last time that any were; null when that is not known. `waiting` stops at a thousand.
 */
export async function freshness(ctx: Ctx, clinics: Place[]) {
  const ids = clinics.map(({ id }) => id)
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting
    FROM (SELECT FROM stale_hours WHERE clinic_id = ANY(${ids}::uuid[]) LIMIT ${MANY}) AS noted`
  const waiting = row?.waiting ?? 0
  const at = waiting ? await lastJobRun('count-hours') : ctx.now
  const [zone, ...others] = new Set(clinics.map(clinic => clinic.timeZone))
  const timeZone = zone && others.length === 0 ? zone : 'UTC'
  return { waiting, at: at && onTheClock(toDate(at), timeZone), timeZone }
}
