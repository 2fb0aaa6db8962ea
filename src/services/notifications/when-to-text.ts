import { Temporal } from 'temporal-polyfill'
import { outsideQuietHours } from '../../scheduling/reminders.ts'
import { instantOf } from '../../scheduling/zone.ts'
import type { Settings } from '../settings/settings.ts'
import type { MessageData } from './kinds.ts'

interface About {
  /** When the visit is now, and by which clock. */
  startsAt: Date
  timeZone: string
  /** What the text knows of when it was. */
  data?: MessageData
}

/**
 * When a text that is due `at`, not before `now`, may be sent: outside the clinic's quiet hours, unless it then came too
 * late for the visit, as it is or as it was, whichever is sooner.
 */
export function whenToText(now: Temporal.Instant, at: Temporal.Instant, about: About, allowed: Settings) {
  const { startsAt, timeZone, data: { from, startsAt: then } = {} } = about
  const times = [from, then].filter(time => time !== undefined).map(time => Temporal.Instant.from(time))
  const toCome = [instantOf(startsAt), ...times]
    .filter(time => Temporal.Instant.compare(now, time) < 0)
    .sort(Temporal.Instant.compare)
  const quiet = { from: allowed.quietFromHour, until: allowed.quietUntilHour }
  return outsideQuietHours(at, timeZone, quiet, { now, visitAt: toCome[0] ?? instantOf(startsAt) })
}
