import type { Temporal } from 'temporal-polyfill'

/** Half-open: the end does not belong to it, so one may begin when another ends. */
export interface Interval {
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
}

export const overlaps = (a: Interval, b: Interval) => isBefore(a.startsAt, b.endsAt) && isBefore(b.startsAt, a.endsAt)

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => a.epochNanoseconds < b.epochNanoseconds
