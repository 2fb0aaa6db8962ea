import type { Temporal } from 'temporal-polyfill'
import type { CalendarEvent } from '../../gateways/calendar.ts'
import type { Days } from '../../scheduling/time-off.ts'
import { fallsOn } from '../../scheduling/yearly.ts'
import { daysFrom, isDayAfter } from '../../scheduling/zone.ts'

/** Each time an event takes place in a window of days; what has begun counts from the first of them. */
export function timesOf({ from, to, repeats, also, except }: CalendarEvent, window: Temporal.PlainDate[]): Days[] {
  const [today, last] = [window[0], window.at(-1)]
  if (!today || !last) return []
  const length = lengthOf({ from, to })
  const yearly = repeats && repeats !== 'OTHER' ? { ...repeats, startsOn: from } : null
  const first = today.subtract({ days: length })
  const earlier = daysFrom(first, today.subtract({ days: 1 }))
  const starts = yearly ? [...earlier, ...window].filter(day => fallsOn(day, yearly)) : [from]
  const further = also.filter(day => !isDayAfter(first, day) && !isDayAfter(day, last))
  const not = new Set(except.map(String))
  return [...starts, ...further]
    .filter(start => !not.has(String(start)))
    .map(start => ({ from: start, to: start.add({ days: length }) }))
    .filter(days => !isDayAfter(today, days.to) && !isDayAfter(days.to, last))
    .map(days => ({ from: isDayAfter(today, days.from) ? today : days.from, to: days.to }))
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
