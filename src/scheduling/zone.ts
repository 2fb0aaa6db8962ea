import { Temporal } from 'temporal-polyfill'
import { type Interval, intersect, merge } from './intervals.ts'

/** Between instants and a clinic's wall clock. Zones are IANA names. */

export const instantOf = (date: Date) => Temporal.Instant.fromEpochMilliseconds(date.valueOf())

export const toDate = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds)

/** The wall clock with its offset, `2026-11-24T10:00:00+05:30` (ISO 8601, RFC 3339). */
export const onTheClock = (date: Date, timeZone: string) =>
  instantOf(date).toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' })

/** The calendar day it is at an instant. */
export const dayAt = (instant: Temporal.Instant, timeZone: string) => instant.toZonedDateTimeISO(timeZone).toPlainDate()

/** First instant of a day and of the day after: 23 to 25 hours apart, half-open. */
export function boundsOf(day: Temporal.PlainDate, timeZone: string): [Temporal.Instant, Temporal.Instant] {
  const start = day.toZonedDateTime(timeZone)
  return [start.toInstant(), day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant()]
}

/**
 * The instant at which a clinic's clock shows `minutes` past midnight on a day. A time that the clock jumps over does
 * not exist: null. One that comes twice means its first coming.
 */
export function clockTime(day: Temporal.PlainDate, minutes: number, timeZone: string): Temporal.Instant | null {
  const wall = day.toPlainDateTime().add({ minutes })
  const zoned = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  return zoned.toPlainDateTime().equals(wall) ? zoned.toInstant() : null
}

export const isDayAfter = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) > 0

/** Each day of a calendar from one to another, both included. */
export const daysFrom = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Array.from({ length: Math.max(0, from.until(to).days + 1) }, (_, days) => from.add({ days }))

/** The day of a date column, which the database client hands out as midnight UTC: `2026-11-24`. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** The same as a day to reckon with. */
export const plainDate = (date: Date) => Temporal.PlainDate.from(dayOf(date))

/** The Monday of a day's week (ISO 8601). */
export const mondayOf = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 })

/** A day as the database client wants it for a date column. */
export const dateColumn = (day: Temporal.PlainDate) => new Date(`${day}T00:00:00Z`)

/** A day and those beside it, as a page about it names them: `YYYY-MM-DD`. */
export const withNeighbours = (day: Temporal.PlainDate) => ({
  date: day.toString(),
  dayBefore: day.subtract({ days: 1 }).toString(),
  dayAfter: day.add({ days: 1 }).toString()
})

/**
 * Every instant of a day at which a clinic's clock shows a time from `start` up to `end`, in minutes past midnight. A
 * stretch that the clock jumps over is left out; one that comes twice is there twice.
 */
export function whileClockShows(day: Temporal.PlainDate, start: number, end: number, timeZone: string): Interval[] {
  return merge(
    offsetsOn(day, timeZone).flatMap(({ startsAt, endsAt, midnight }) =>
      intersect(
        [{ startsAt: midnight.add({ minutes: start }), endsAt: midnight.add({ minutes: end }) }],
        [{ startsAt, endsAt }]
      )
    )
  )
}

/** The parts of a day between changes of the clock, and when midnight was, or would have been, by that part's clock. */
function offsetsOn(day: Temporal.PlainDate, timeZone: string) {
  const [first, end] = boundsOf(day, timeZone)
  const parts: (Interval & { midnight: Temporal.Instant })[] = []
  for (let startsAt = first; startsAt.epochMilliseconds < end.epochMilliseconds; ) {
    const zoned = startsAt.toZonedDateTimeISO(timeZone)
    const endsAt = endOfOffset(zoned, end)
    const midnight = day.toZonedDateTime('UTC').toInstant().subtract({ nanoseconds: zoned.offsetNanoseconds })
    parts.push({ startsAt, endsAt, midnight })
    startsAt = endsAt
  }
  return parts
}

/** Asking for the next change is slow, and nearly every day has none. */
function endOfOffset(zoned: Temporal.ZonedDateTime, end: Temporal.Instant) {
  if (end.toZonedDateTimeISO(zoned.timeZoneId).offsetNanoseconds === zoned.offsetNanoseconds) return end
  const change = zoned.getTimeZoneTransition('next')?.toInstant()
  return change && change.epochMilliseconds < end.epochMilliseconds ? change : end
}
