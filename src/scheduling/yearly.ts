import type { Temporal } from 'temporal-polyfill'
import { isDayAfter } from './zone.ts'

/** A day that comes back year after year: RFC 5545, `RRULE:FREQ=YEARLY`. Empty lists ask for nothing. */
export interface Yearly {
  startsOn: Temporal.PlainDate
  /** The last day on which it may fall. */
  until: Temporal.PlainDate | null
  /** Every so many years. */
  interval: number
  months: number[]
  /** Days of the month; -1 is the last. */
  monthDays: number[]
  /** Weekdays, 1 is Monday: each, or the nth of its month (of the year when no month is asked for); -1 is the last. */
  weekdays: { weekday: number; nth: number | null }[]
}

/** Whether it falls on a day. The first time is always one, whatever the rule says. */
export function fallsOn(day: Temporal.PlainDate, yearly: Yearly): boolean {
  const { startsOn, until, interval, months, monthDays, weekdays } = yearly
  if (day.equals(startsOn)) return true
  if (isDayAfter(startsOn, day) || (until && isDayAfter(day, until)) || (day.year - startsOn.year) % interval)
    return false
  if (!months.length && !monthDays.length && !weekdays.length)
    return day.month === startsOn.month && day.day === startsOn.day

  const isDay = monthDays.length || weekdays.length ? monthDays : [startsOn.day]
  return asked(months, [day.month]) && asked(isDay, [day.day, day.day - day.daysInMonth - 1]) && isWeekday(day, yearly)
}

function isWeekday(day: Temporal.PlainDate, { months, weekdays }: Yearly) {
  const [at, of] = months.length ? [day.day, day.daysInMonth] : [day.dayOfYear, day.daysInYear]
  const places = [Math.ceil(at / 7), -Math.ceil((of - at + 1) / 7)]
  const wanted = weekdays.filter(({ weekday }) => weekday === day.dayOfWeek)
  return weekdays.length === 0 || wanted.some(({ nth }) => nth === null || places.includes(nth))
}

const asked = (wanted: number[], found: number[]) => wanted.length === 0 || found.some(each => wanted.includes(each))
