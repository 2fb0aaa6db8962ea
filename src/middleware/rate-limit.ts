import { createHash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { type ClientRateLimitInfo, ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit'
import { config } from '../config.ts'
import { pool } from '../database/client.ts'
import { TooMany } from '../errors.ts'

/** Counted in PostgreSQL: two processes share one count, and a restart forgives nothing. */
class PostgresStore implements Store {
  readonly prefix: string
  readonly windowMs: number

  constructor(prefix: string, windowMs: number) {
    this.prefix = prefix
    this.windowMs = windowMs
  }

  async increment(key: string): Promise<ClientRateLimitInfo> {
    const { rows } = await pool.query({
      name: 'rate-limit-hit',
      text: `INSERT INTO rate_limits AS seen (key, hits, reset_at) VALUES ($1, 1, now() + $2 * interval '1 millisecond')
        ON CONFLICT (key) DO UPDATE SET
          hits = CASE WHEN seen.reset_at <= now() THEN 1 ELSE seen.hits + 1 END,
          reset_at = CASE WHEN seen.reset_at <= now() THEN excluded.reset_at ELSE seen.reset_at END
        RETURNING hits, reset_at`,
      values: [`${this.prefix}:${key}`, this.windowMs]
    })
    return { totalHits: rows[0].hits, resetTime: rows[0].reset_at }
  }

  async decrement(key: string) {
    await pool.query('UPDATE rate_limits SET hits = greatest(hits - 1, 0) WHERE key = $1', [`${this.prefix}:${key}`])
  }

  async resetKey(key: string) {
    await pool.query('DELETE FROM rate_limits WHERE key = $1', [`${this.prefix}:${key}`])
  }
}

interface Limit {
  name: string
  minutes: number
  most: number
  by: (req: Request) => string
  /** Leaves requests that went well uncounted. */
  onlyFailures?: boolean
  /** Counts only these requests. */
  when?: (req: Request) => boolean
}

/** At most `most` requests of a kind in `minutes`; then 429 with Retry-After. */
export function limit({ name, minutes, most, by, onlyFailures = false, when = () => true }: Limit): RequestHandler {
  const windowMs = minutes * 60_000
  return rateLimit({
    windowMs,
    limit: Math.ceil(most * config.rateLimitFactor),
    store: new PostgresStore(name, windowMs),
    keyGenerator: by,
    skip: req => !when(req),
    skipSuccessfulRequests: onlyFailures,
    // A failure of ours is nobody's failed try.
    requestWasSuccessful: (_req, res) => res.statusCode < 400 || res.statusCode >= 500,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    handler: (req, res, next) => {
      const { resetTime } = (req as Request & { rateLimit: { resetTime: Date } }).rateLimit
      const seconds = Math.max(1, Math.ceil((resetTime.valueOf() - Date.now()) / 1000))
      res.set('Retry-After', String(seconds))
      next(new TooMany(seconds))
    }
  })
}

export const byAddress = (req: Request) => ipKeyGenerator(req.ip ?? '')
export const byAccount = (req: Request) => req.user?.id ?? byAddress(req)
/** The account somebody tries to enter, there or not: the counter keeps a hash of the address. */
export function byEmail(req: Request) {
  const typed: unknown = req.body?.email
  const email = typeof typed === 'string' ? typed.trim().toLowerCase() : ''
  return email ? createHash('sha256').update(email).digest('hex') : byAddress(req)
}
