import { register } from 'prom-client'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Forbidden } from '../../errors.ts'
import { instantOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { messageNumbers } from '../messages/message-numbers.ts'
import { sending } from '../messages/standing.ts'
import { outstanding } from '../payments/outstanding.ts'

interface JobRow {
  name: string
  ranAt: Date | null
  seconds: number | null
  failed: number
  waiting: number
}

/** After so long, something that is seen to every minute is stuck. */
const STUCK = { hours: 1 }

/**
 * How the machinery does, for administrators: what runs by itself, what gateways have still to say, and how fast this
 * process answers. Times in UTC; jobs that failed are those of the last week. Throws Forbidden for anyone else.
 */
export async function systemNumbers(ctx: Ctx) {
  const { actor, now } = ctx
  if (actor.role !== 'ADMIN') throw new Forbidden()
  const [jobs, { payments, refunds }, messages, { lastRunAt, oldestDueAt, trouble }] = await Promise.all([
    hasJobs().then(has => (has ? jobRows() : [])),
    outstanding(),
    messageNumbers(ctx),
    sending(ctx)
  ])
  const inUtc = (at: typeof lastRunAt) => at && onTheClock(toDate(at), 'UTC')
  const stuck = now.subtract(STUCK)
  const waiting = ({ count, since }: typeof payments) => ({
    count,
    since: since && onTheClock(since, 'UTC'),
    isStuck: since !== null && instantOf(since).epochMilliseconds < stuck.epochMilliseconds
  })
  return {
    waiting: { payments: waiting(payments), refunds: waiting(refunds) },
    messages: { ...messages, trouble, lastRunAt: inUtc(lastRunAt), oldestDueAt: inUtc(oldestDueAt) },
    jobs: jobs.map(({ ranAt, ...job }) => ({ ...job, ranAt: ranAt && onTheClock(ranAt, 'UTC') })),
    answers: await answers()
  }
}

/** The jobs' tables are made by the first worker that starts. */
async function hasJobs() {
  const [row] = await db.$queryRaw<{ has: boolean }[]>`SELECT to_regclass('pgboss.schedule') IS NOT NULL AS has`
  return Boolean(row?.has)
}

const jobRows = () => db.$queryRaw<JobRow[]>`
  SELECT s.name, l.completed_on AS "ranAt", extract(epoch FROM l.completed_on - l.started_on)::float8 AS seconds,
    (SELECT count(*) FROM pgboss.job j WHERE j.name = s.name AND j.state = 'failed'
      AND j.completed_on > now() - interval '7 days')::int AS failed,
    (SELECT count(*) FROM pgboss.job j WHERE j.name = s.name AND j.state IN ('created', 'retry')
      AND j.start_after <= now())::int AS waiting
  FROM pgboss.schedule s LEFT JOIN LATERAL (
    SELECT completed_on, started_on FROM pgboss.job j WHERE j.name = s.name AND j.state = 'completed'
    ORDER BY completed_on DESC LIMIT 1) l ON true
  ORDER BY s.name`

interface Bucket {
  metricName?: string
  value: number
  labels: { mount?: string; le?: number | string }
}

/** Under how many seconds half, and nineteen of twenty, of the answers stayed since this process began, by mount. */
async function answers() {
  const found = await register.getSingleMetric('docket_http_request_seconds')?.get()
  const byMount = new Map<string, Map<number, number>>()
  for (const { metricName, value, labels } of (found?.values ?? []) as Bucket[]) {
    if (!metricName?.endsWith('_bucket') || !labels.mount) continue
    const counts = byMount.get(labels.mount) ?? new Map<number, number>()
    const limit = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)
    byMount.set(labels.mount, counts.set(limit, (counts.get(limit) ?? 0) + value))
  }
  return [...byMount].sort().map(([mount, counts]) => {
    const count = counts.get(Number.POSITIVE_INFINITY) ?? 0
    return { mount, count, half: underWhich(counts, count * 0.5), most: underWhich(counts, count * 0.95) }
  })
}

/** The first limit that so many stayed under; null beyond the last. */
function underWhich(counts: Map<number, number>, many: number) {
  const [limit] = [...counts].sort(([a], [b]) => a - b).find(([, count]) => count >= many) ?? []
  return limit !== undefined && Number.isFinite(limit) ? limit : null
}
