import { createHash } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { deviceOf } from './device.ts'
import { ownId } from './queries.ts'

/** However busy it is, a session ends after twelve hours. */
export const LONGEST_SESSION_MS = 12 * 60 * 60_000

interface Row {
  sid: string
  startedAt: number | null
  seenAt: number | null
  userAgent: string | null
}

/** Where an account is signed in, latest first. The id is a hash: whoever sees it can't use the session. */
export async function sessionsOf(ctx: Ctx, currentSid: string) {
  const rows = await rowsOf(db, ownId(ctx))
  const minutesSince = (at: number | null) => Math.max(0, Math.floor((ctx.now.epochMilliseconds - (at ?? 0)) / 60_000))
  return rows.map(({ sid, startedAt, seenAt, userAgent }) => ({
    id: publicId(sid),
    ...deviceOf(userAgent ?? ''),
    minutesSinceStart: minutesSince(startedAt),
    minutesSinceSeen: minutesSince(seenAt),
    isCurrent: sid === currentSid
  }))
}

export const publicId = (sid: string) => createHash('sha256').update(sid).digest('hex')

/** The live sessions of an account. Sessions are rows of the session store, which knows accounts only by its JSON. */
export const rowsOf = (tx: Tx, userId: string) => tx.$queryRaw<Row[]>`
  SELECT sid, (sess->>'startedAt')::float8 AS "startedAt", (sess->>'seenAt')::float8 AS "seenAt",
    sess->>'userAgent' AS "userAgent"
  FROM sessions
  WHERE sess->'passport'->>'user' = ${userId} AND expire > now()
  ORDER BY 3 DESC NULLS LAST`

/** Which of these sessions are going on. */
export async function livingSessions(sids: string[]) {
  const rows = await db.$queryRaw<{ sid: string }[]>`
    SELECT sid FROM sessions WHERE sid = ANY(${sids}) AND expire > now()
      AND to_timestamp((sess->>'startedAt')::float8 / 1000) > now() - ${LONGEST_SESSION_MS} * interval '1 millisecond'`
  return new Set(rows.map(({ sid }) => sid))
}

/**
 * Notes in a session which address was asked for, for the page that says so. Never inserts, as saving the session would:
 * one that was ended elsewhere a moment ago stays ended.
 */
export const noteAskedEmail = (sid: string, email: string) => db.$executeRaw`
  UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{askedEmail}', to_jsonb(${email}::text))::json WHERE sid = ${sid}`

/** Signs an account out everywhere; returns of how many places. */
export const dropSessions = (tx: Tx, userId: string) =>
  tx.$executeRaw`DELETE FROM sessions WHERE sess->'passport'->>'user' = ${userId}`
