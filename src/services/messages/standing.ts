import { Temporal } from 'temporal-polyfill'
import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { mailGateway } from '../../gateways/email.ts'
import { smsGateway } from '../../gateways/sms.ts'
import { may } from '../../permissions.ts'
import { instantOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import type { Way } from '../notifications/due.ts'
import { sendingJobs } from '../notifications/sending-jobs.ts'
import { lastJobRun } from '../settings/job-runs.ts'
import { type Failing, failing } from './failing.ts'
import { waitingCount } from './message-numbers.ts'

/** They run every minute: after so long one doesn't. */
const STOPPED = { minutes: 10 }
/** What is due is sent within a minute, or in turn when many are: after so long it is not. */
const LATE = { minutes: 15 }
/** What somebody asked for by mail is made a message by the same job, within a minute. */
const UNANSWERED = { minutes: 10 }
/** Every page of the front desk asks: once in a while the database is. */
const KEPT = { seconds: 5 }

export interface Sending {
  /** When the one that has not run for longest did. */
  lastRunAt: Temporal.Instant | null
  /** Since when the oldest of what is due has been. */
  oldestDueAt: Temporal.Instant | null
  /** What was tried of late, if all of it failed. */
  failing: Failing | null
  /** Why nothing goes out, if so: mails have no server, nobody sends, all that is tried fails, or what is due stays. */
  trouble: 'NO_SERVER' | 'STOPPED' | 'FAILING' | 'LATE' | null
}

/**
 * Whether messages go out, whoever asks. They don't when a job that sends has not run for ten minutes, when mails
 * wait and no server is set up, when all that is tried fails, or when something has been due for fifteen minutes or
 * asked for ten minutes ago. Where no job ever ran and nothing is late, all is well: nobody has begun.
 */
export async function sending({ now }: Pick<Ctx, 'now'>): Promise<Sending> {
  const ways = waysInUse()
  const [ran, first, askedAt, failed] = await Promise.all([
    Promise.all(ways.map(way => lastJobRun(sendingJobs[way]))),
    Promise.all(ways.map(firstDue)),
    firstRequest(),
    Promise.all(ways.map(way => failing(now, way)))
  ])
  const [lastRunAt, firstDueAt] = [earliest(ran), earliest(first)]
  const isDue = firstDueAt && Temporal.Instant.compare(firstDueAt, now) <= 0
  const oldestDueAt = earliest([isDue ? firstDueAt : null, askedAt])
  const isBefore = (at: Temporal.Instant | null, limit: { minutes: number }) =>
    at !== null && Temporal.Instant.compare(at, now.subtract(limit)) < 0
  const hasNoServer = config.production && !mailGateway() && isBefore(first[0] ?? null, { minutes: 0 })
  const troubles = {
    NO_SERVER: hasNoServer,
    STOPPED: isBefore(lastRunAt, STOPPED),
    FAILING: failed.some(Boolean),
    LATE: isBefore(oldestDueAt, LATE) || isBefore(askedAt, UNANSWERED)
  }
  const [trouble = null] = (['NO_SERVER', 'STOPPED', 'FAILING', 'LATE'] as const).filter(each => troubles[each])
  return { lastRunAt, oldestDueAt, failing: failed.find(each => each !== null) ?? null, trouble }
}

/** What an operator sends no texts with stays planned, and is not late. */
const waysInUse = (): Way[] => ['EMAIL', ...(smsGateway() ? ['SMS' as const] : [])]

/** When the first of what is planned this way is due. An index knows; it is said in SQL so that it is used. */
async function firstDue(way: Way) {
  const [first] = await db.$queryRaw<{ at: Date }[]>`
    SELECT send_after AS at FROM notifications WHERE status = 'PLANNED' AND channel = ${way}::"NotificationChannel"
    ORDER BY send_after LIMIT 1`
  return first ? instantOf(first.at) : null
}

async function firstRequest() {
  const first = await db.mailRequest.findFirst({ orderBy: { id: 'asc' }, select: { createdAt: true } })
  return first && instantOf(first.createdAt)
}

const earliest = (instants: (Temporal.Instant | null)[]) =>
  instants.filter(at => at !== null).sort(Temporal.Instant.compare)[0] ?? null

let kept: { at: Temporal.Instant; found: Promise<Sending> } | undefined

function lately({ now }: Ctx) {
  const isFresh =
    kept && Temporal.Instant.compare(now, kept.at.add(KEPT)) < 0 && Temporal.Instant.compare(kept.at, now) <= 0
  if (kept && isFresh) return kept.found
  const asked = { at: now, found: sending({ now }) }
  kept = asked
  asked.found.catch(() => {
    if (kept === asked) kept = undefined
  })
  return asked.found
}

/**
 * What the front desk is told on every page while messages don't go out: why, since when by the clock of its clinics (or
 * UTC), and how many of its own wait. Null when they do, and for anybody else. Up to five seconds old.
 */
export async function messagesStanding(ctx: Ctx) {
  if (!may(ctx.actor, 'messages.list')) return null
  const { trouble, lastRunAt, oldestDueAt, failing } = await lately(ctx)
  if (!trouble) return null

  const [waiting, [clinic, ...others]] = await Promise.all([
    waitingCount(ctx, waysInUse()),
    db.clinic.findMany({ where: clinicsOf(ctx), distinct: ['timeZone'], select: { timeZone: true }, take: 2 })
  ])
  const timeZone = clinic && !others.length ? clinic.timeZone : 'UTC'
  const began = { STOPPED: lastRunAt, FAILING: failing?.since ?? null, NO_SERVER: oldestDueAt, LATE: oldestDueAt }
  const since = began[trouble] && onTheClock(toDate(began[trouble]), timeZone)
  const { way = null, failure = null } = trouble === 'FAILING' && failing ? failing : {}
  return { trouble, way, failure, waiting, timeZone, since }
}
