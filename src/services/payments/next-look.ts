import type { Temporal } from 'temporal-polyfill'
import { toDate } from '../../scheduling/zone.ts'

const LONGEST = 60

/** When to ask a gateway again: in a minute, or later the more often it could not be asked; after an hour at most. */
export const nextLook = (now: Temporal.Instant, failedLooks = 0) =>
  toDate(now.add({ minutes: Math.min(LONGEST, 2 ** Math.min(failedLooks, 6)) }))
