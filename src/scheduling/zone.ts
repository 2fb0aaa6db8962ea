import { Temporal } from 'temporal-polyfill'

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

/** The day of a date column, which the database client hands out as midnight UTC: `2026-11-24`. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10)
