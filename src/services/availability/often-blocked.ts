import type { Ctx } from '../../context.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'

const NOON = '12:00'
const MIDNIGHT = '00:00'

/**
 * What of a day is mostly blocked, by the clock of a zone, the likeliest first: all that is left of today, from the last
 * five minutes on, an afternoon, a morning, the whole day. It ends at 00:00 when it ends with the day.
 */
export function oftenBlocked({ now }: Ctx, date: string, timeZone: string) {
  const begun = now.round({ smallestUnit: 'minute', roundingIncrement: 5, roundingMode: 'floor' })
  const present = onTheClock(toDate(begun), timeZone)
  const clock = present.slice(11, 16)
  const afternoon = { name: 'afternoon', startTime: NOON, endTime: MIDNIGHT }
  if (present.startsWith(date)) {
    const rest = { name: 'rest', startTime: clock, endTime: MIDNIGHT }
    return clock < NOON ? [rest, afternoon] : [rest]
  }
  return [
    afternoon,
    { name: 'morning', startTime: MIDNIGHT, endTime: NOON },
    { name: 'day', startTime: MIDNIGHT, endTime: MIDNIGHT }
  ]
}
