import { Temporal } from 'temporal-polyfill'
import type { CalendarEvent } from '../../gateways/calendar.ts'
import type { Days } from '../../scheduling/time-off.ts'
import { fallsOn } from '../../scheduling/yearly.ts'

/** Each time an event takes place in a window of days; what has begun counts from the first of them. */
export function timesOf({ from, to, repeats, also, except }: CalendarEvent, window: Temporal.PlainDate[]): Days[] {
  const [today, last] = [window[0], window.at(-1)]
  if (!today || !last) return []
  const length = lengthOf({ from, to })
  const yearly = repeats && repeats !== 'OTHER' ? { ...repeats, startsOn: from } : null
  const first = today.subtract({ days: length })
  const earlier = daysFrom(first, today.subtract({ days: 1 }))
  const starts = yearly ? [...earlier, ...window].filter(day => fallsOn(day, yearly)) : [from]
  const further = also.filter(day => isUpTo(first, day) && isUpTo(day, last))
  const not = new Set(except.map(String))
  return [...starts, ...further]
    .filter(start => !not.has(String(start)))
    .map(start => ({ from: start, to: start.add({ days: length }) }))
    .filter(days => isUpTo(today, days.to) && isUpTo(days.to, last))
    .map(days => ({ from: isUpTo(today, days.from) ? days.from : today, to: days.to }))
}

/** The last day of an event, `2026-12-25`; what comes back for ever has none, and counts as coming. */
export function lastOf({ from, to, repeats, also, isCancelled }: CalendarEvent) {
  if (isCancelled || repeats === 'OTHER' || (repeats && !repeats.until)) return '9999-12-31'
  const length = lengthOf({ from, to })
  const starts = [from, ...also, ...(repeats?.until ? [repeats.until] : [])]
  return starts.map(start => start.add({ days: length }).toString()).reduce((a, b) => (a > b ? a : b))
}

/** Whether it takes place once. */
export const isSingle = ({ repeats, also, isCancelled }: CalendarEvent) => !repeats && !also.length && !isCancelled

/** How many days it goes on after its first. */
export const lengthOf = ({ from, to }: Days) => from.until(to).days

/** Each day of a calendar from one to another. */
export const daysFrom = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Array.from({ length: from.until(to).days + 1 }, (_, days) => from.add({ days }))

const isUpTo = (day: Temporal.PlainDate, last: Temporal.PlainDate) => Temporal.PlainDate.compare(day, last) <= 0
