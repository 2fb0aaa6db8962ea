import { Temporal } from 'temporal-polyfill'
import { overlapWith } from './intervals.ts'
import { type AwayBy, awayThen } from './openings.ts'
import {
  type Diary,
  keyOf,
  type Publication,
  type PublishedHours,
  plannedSlots,
  type WantedSlot
} from './publishing.ts'
import { dayAt } from './zone.ts'

/**
 * Why a time that hours ask for is not offered: somebody is away, took it away by hand, or another time stands there.
 */
export type LeftOutBy = AwayBy | 'REMOVED' | 'OTHER'

export interface LeftOut extends WantedSlot {
  by: LeftOutBy
}

/** The times that some hours ask for up to their last day and don't get by a publication of the diary, in order. */
export function leftOut(
  hours: PublishedHours[],
  { away, published }: Diary,
  { add, remove }: Publication,
  now: Temporal.Instant
): LeftOut[] {
  const gone = new Set(remove.map(({ id }) => id))
  const stay = published.filter(({ id, isRemoved }) => !isRemoved && !gone.has(id))
  const isThere = new Set([...add, ...stay].map(keyOf))
  const wasRemoved = overlapWith(published.filter(({ isRemoved }) => isRemoved))

  const why = (slot: WantedSlot): LeftOutBy | null => {
    const by = awayThen(slot, away)?.by ?? null
    if (by || isThere.has(keyOf(slot))) return by
    return wasRemoved(slot) ? 'REMOVED' : 'OTHER'
  }
  return hours
    .flatMap(each => plannedSlots(each, dayAt(now, each.timeZone), each.lastDay))
    .filter(({ startsAt }) => Temporal.Instant.compare(startsAt, now) > 0)
    .sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
    .flatMap(slot => {
      const by = why(slot)
      return by ? [{ ...slot, by }] : []
    })
}
