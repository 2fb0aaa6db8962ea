import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import expressSession from 'express-session'
import { config } from '../config.ts'
import { pool } from '../database/client.ts'
import { NotFound } from '../errors.ts'
import { log } from '../log.ts'
import { paths } from '../paths.ts'
import { LONGEST_SESSION_MS } from '../services/people/sessions.ts'

const minute = 60_000
const IDLE = 30 * minute

declare module 'express-session' {
  interface SessionData {
    startedAt: number
    seenAt: number
    userAgent: string
    /** The address that somebody last asked to have for their account. */
    askedEmail: string
  }
}

/** Kept in PostgreSQL; someone who only looks around has none. Ends after 30 minutes without a request, or 12 hours. */
export function session(secret: string): RequestHandler[] {
  const Store = connectPgSimple(expressSession)
  const store = new Store({
    pool,
    tableName: 'sessions',
    ttl: IDLE / 1000,
    disableTouch: true,
    pruneSessionInterval: false,
    errorLog: (...said) => log.error({ error: String(said[1] ?? said[0]) }, 'session store')
  })
  const sessions = expressSession({
    store,
    secret,
    name: config.secure ? '__Host-docket' : 'docket',
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: config.secure, path: '/' }
  })
  return [sessions, expire]
}

/** Whether a page asks by itself, to show what happens: no sign that somebody sits in front of it. */
export const isByItself = (req: Request) => req.path.endsWith(paths.live()) || req.get('x-refresh') !== undefined

/** Ends the session on time, and notes at most once a minute that it is in use. */
const expire: RequestHandler = async (req, _res, next) => {
  // `OPTIONS *` asks for no path of ours.
  if (!req.session) throw new NotFound()
  const now = Date.now()
  const { startedAt, seenAt = 0 } = req.session
  if (!startedAt) return next()
  if (now - startedAt > LONGEST_SESSION_MS || now - seenAt > IDLE) return req.session.regenerate(next)

  if (now - seenAt > minute && !isByItself(req)) await touch(req.sessionID, now)
  next()
}

/** Never inserts, as saving the session would: one that was ended elsewhere a moment ago stays ended. */
const touch = (sid: string, now: number) =>
  pool.query({
    name: 'session-touch',
    text: `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($2::float8))::json,
      expire = to_timestamp($3::float8 / 1000) WHERE sid = $1`,
    values: [sid, now, now + IDLE]
  })
