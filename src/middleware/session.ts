import connectPgSimple from 'connect-pg-simple'
import type { RequestHandler } from 'express'
import expressSession from 'express-session'
import { config } from '../config.ts'
import { pool } from '../database/client.ts'
import { log } from '../log.ts'

const minute = 60_000
const IDLE = 30 * minute
const ABSOLUTE = 12 * 60 * minute

declare module 'express-session' {
  interface SessionData {
    startedAt: number
    seenAt: number
    userAgent: string
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

/** Notes at most once a minute that the session is in use, and ends it on time. */
const expire: RequestHandler = (req, _res, next) => {
  const now = Date.now()
  const { startedAt, seenAt = 0 } = req.session
  if (!startedAt) return next()
  if (now - startedAt > ABSOLUTE || now - seenAt > IDLE) return req.session.regenerate(next)

  if (now - seenAt > minute) req.session.seenAt = now
  next()
}
