import type { Temporal } from 'temporal-polyfill'
import { db } from '../../database/client.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import type { Way } from '../notifications/due.ts'
import { type Failure, failureOf } from './message-state.ts'

/** Fewer may be bad luck. */
const LEAST = 3
/** Whatever was sent within so many minutes shows that it can be. */
const MINUTES = 10
/** So many say enough. */
const MOST = 50
/** What is wrong with the address, the number or the mailbox of one person says nothing of the others. */
const theirs = new Set<Failure | null>(['ADDRESS', 'NUMBER', 'UNSUBSCRIBED', 'FULL'])

export interface Failing {
  way: Way
  /** When one was sent last, or the first of these was planned. */
  since: Temporal.Instant
  /** What the last attempt came to. */
  failure: Failure
}

/**
 * What is wrong when all messages that were tried this way fail: at least three wait that were tried since one was sent
 * last, ten minutes ago or more, and not for what is wrong with one address. Null otherwise. Indexes know both.
 */
export async function failing(now: Temporal.Instant, way: Way): Promise<Failing | null> {
  const rows = await db.$queryRaw<{ lastError: string; createdAt: Date; sentAt: Date | null }[]>`
    SELECT n.last_error AS "lastError", n.created_at AS "createdAt", s.sent_at AS "sentAt"
    FROM (SELECT max(sent_at) AS sent_at FROM notifications
      WHERE channel = ${way}::"NotificationChannel" AND sent_at IS NOT NULL) s
    JOIN notifications n ON n.last_attempt_at > coalesce(s.sent_at, '-infinity')
    WHERE n.status = 'PLANNED' AND n.last_error IS NOT NULL AND n.channel = ${way}::"NotificationChannel"
      AND coalesce(s.sent_at, '-infinity') <= ${toDate(now.subtract({ minutes: MINUTES }))}
    ORDER BY n.last_attempt_at DESC LIMIT ${MOST}`
  const ours = rows.filter(({ lastError }) => !theirs.has(failureOf(lastError)))
  const [latest] = ours
  if (!latest || ours.length < LEAST) return null

  const planned = Math.min(...ours.map(({ createdAt }) => createdAt.valueOf()))
  const since = new Date(Math.max(planned, latest.sentAt?.valueOf() ?? 0))
  return { way, since: instantOf(since), failure: failureOf(latest.lastError) ?? 'OTHER' }
}
