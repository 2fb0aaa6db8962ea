import type { RequestHandler } from 'express'
import { config } from '../config.ts'
import { TooMany } from '../errors.ts'
import { byAddress } from './rate-limit.ts'

const RETRY_SECONDS = 60

interface Seats {
  /** At once from one address. */
  perAddress: number
  /** At once in this process. */
  most: number
}

/**
 * Answers that stay open, to guests: so many at once, then 429 with Retry-After. Whoever is signed in has a limit of
 * their own.
 */
export function seats({ perAddress, most }: Seats): RequestHandler {
  const [own, all] = [perAddress, most].map(many => Math.ceil(many * config.rateLimitFactor)) as [number, number]
  const taken = new Map<string, number>()
  let count = 0

  return (req, res, next) => {
    if (req.user) return next()
    const address = byAddress(req)
    const here = taken.get(address) ?? 0
    if (here >= own || count >= all) {
      res.set('Retry-After', String(RETRY_SECONDS))
      throw new TooMany(RETRY_SECONDS)
    }

    count++
    taken.set(address, here + 1)
    res.once('close', () => {
      count--
      const left = (taken.get(address) ?? 1) - 1
      if (left) taken.set(address, left)
      else taken.delete(address)
    })
    return next()
  }
}
