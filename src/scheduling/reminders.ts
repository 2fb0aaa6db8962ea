import { Temporal } from 'temporal-polyfill'

export interface Reminder {
  hours: number
  at: Temporal.Instant
}

/**
 * When to remind of a visit, so many hours before it each; only what is still to come. Whole days go by the clinic's
 * clock: a day before 09:00 is 09:00, also when the clocks change in between.
 */
export function remindersOf(
  startsAt: Temporal.Instant,
  timeZone: string,
  hoursBefore: number[],
  now: Temporal.Instant
): Reminder[] {
  const start = startsAt.toZonedDateTimeISO(timeZone)
  return hoursBefore
    .map(hours => ({ hours, at: start.subtract({ days: Math.floor(hours / 24), hours: hours % 24 }).toInstant() }))
    .filter(({ at }) => isBefore(now, at))
}

/** The hours of a clock in which people are left in peace, from one to the other, over midnight or not. */
export interface QuietHours {
  from: number
  until: number
}

/** Whoever is told something new needs as long to act on it, or to stay at home. */
const LEAST_WARNING = { hours: 2 }
/** So long before the quiet hours begin, what can't wait is sent: all of it must have gone by then. */
const HEAD_START = { minutes: 30 }

/**
 * When to send a text about a visit that is due `at`, not before `now`: then, or in quiet hours when they are over. If
 * that is less than two hours before the visit, half an hour before they begin; and if that is past, now: a text at
 * night is better than somebody at the door for nothing. With a visit that is over there is no hurry.
 */
export function outsideQuietHours(
  at: Temporal.Instant,
  timeZone: string,
  { from, until }: QuietHours,
  { now, visitAt }: { now: Temporal.Instant; visitAt: Temporal.Instant }
): Temporal.Instant {
  const isQuiet = (instant: Temporal.Instant) => {
    const { hour } = instant.toZonedDateTimeISO(timeZone)
    return from < until ? hour >= from && hour < until : from !== until && (hour >= from || hour < until)
  }
  if (!isQuiet(at)) return at

  const today = at.toZonedDateTimeISO(timeZone).toPlainDate()
  const clockShows = (days: number, hour: number) =>
    today
      .add({ days })
      .toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) })
      .toInstant()
  const latest = isBefore(now, visitAt) ? visitAt.subtract(LEAST_WARNING) : null
  const after = [0, 1, 2].map(days => clockShows(days, until))
  const before = [0, -1, -2].map(days => clockShows(days, from).subtract(HEAD_START))
  const possible = [
    ...after.filter(end => isBefore(at, end) && (!latest || isBefore(end, latest))),
    ...before.filter(start => isBefore(now, start) && isBefore(start, at))
  ]
  return possible.find(instant => !isQuiet(instant)) ?? now
}

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
