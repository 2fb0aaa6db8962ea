import type { Temporal } from 'temporal-polyfill'
import type { Interval } from './intervals.ts'
import { boundsOf, dayAt, whileClockShows } from './zone.ts'

/** Days of a calendar, first and last included. */
export interface Days {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** Whole days from midnight to midnight by a clinic's clock. */
export const wholeDays = ({ from, to }: Days, timeZone: string): Interval => ({
  startsAt: boundsOf(from, timeZone)[0],
  endsAt: boundsOf(to, timeZone)[1]
})

/**
 * From one time of a day to another, in minutes past midnight by a clinic's clock; null when its clock shows none of
 * it. Where a time comes twice, it begins the first time and ends the last: whoever is away then is away all the while.
 */
export function hoursOn(day: Temporal.PlainDate, start: number, end: number, timeZone: string): Interval | null {
  const shown = whileClockShows(day, start, end, timeZone)
  const [first, last] = [shown[0], shown.at(-1)]
  return first && last ? { startsAt: first.startsAt, endsAt: last.endsAt } : null
}

/** The whole days that a stretch of time consists of by a clinic's clock, or null when it doesn't. */
export function daysOfStretch({ startsAt, endsAt }: Interval, timeZone: string): Days | null {
  const days = { from: dayAt(startsAt, timeZone), to: dayAt(endsAt.subtract({ milliseconds: 1 }), timeZone) }
  const whole = wholeDays(days, timeZone)
  return whole.startsAt.equals(startsAt) && whole.endsAt.equals(endsAt) ? days : null
}
