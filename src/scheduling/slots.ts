import { Temporal } from 'temporal-polyfill'
import { type Interval, overlaps } from './intervals.ts'
import { clockTime, daysFrom } from './zone.ts'

const MINUTE = 60_000

/**
 * No slot is longer: what touches a time began at most so long before it. Forms and the database say the same of hours.
 */
export const LONGEST_SLOT = { minutes: 240 }

/** The same times on some weekdays of some weeks. Days inclusive; weekday 1 is Monday (ISO 8601). */
export interface Pattern {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  weekdays: number[]
  /** Starts, in minutes past midnight. */
  times: number[]
}

/** A time as a clock on the wall would show it. It need not exist. */
export interface WallTime {
  day: Temporal.PlainDate
  /** Minutes past midnight. */
  clock: number
}

export interface PlannedSlot extends WallTime, Interval {}

export type SkipReason = 'noSuchTime' | 'past' | 'overlap' | 'away'

/** `startsAt` is ISO 8601 with the clinic's offset; a time that does not exist has none. */
export interface SkippedTime {
  startsAt: string
  reason: SkipReason
}

/** The starts from one clock time to another, `minutes` apart, such that the last slot ends in time. */
export function startsBetween(start: number, end: number, minutes: number): number[] {
  const count = Math.max(0, Math.floor((end - start) / minutes))
  return Array.from({ length: count }, (_, at) => start + at * minutes)
}

/** Slots of `minutes` of real time, one after the other from the start of each stretch, as many as fit. */
export const slotsIn = (stretches: Interval[], minutes: number): Interval[] =>
  stretches.flatMap(({ startsAt, endsAt }) => {
    const [start, end, length] = [startsAt.epochMilliseconds, endsAt.epochMilliseconds, minutes * MINUTE]
    const slots: Interval[] = []
    for (let from = startsAt, at = start + length; at <= end; at += length) {
      const to = Temporal.Instant.fromEpochMilliseconds(at)
      slots.push({ startsAt: from, endsAt: to })
      from = to
    }
    return slots
  })

/** Every wall time of a pattern once, in order. */
export function wallTimes({ from, to, weekdays, times }: Pattern): WallTime[] {
  const inOrder = [...new Set(times)].sort((a, b) => a - b)
  return daysFrom(from, to)
    .filter(day => weekdays.includes(day.dayOfWeek))
    .flatMap(day => inOrder.map(clock => ({ day, clock })))
}

/**
 * Turns wall times, in order, into slots that last `minutes` of real time. Left out, and why: times that the clinic's
 * clock jumps over, times before `now`, and times at which the slot before is still running. A time that comes twice
 * means its first coming.
 */
export function planSlots(walls: WallTime[], minutes: number, timeZone: string, now: Temporal.Instant) {
  const slots: PlannedSlot[] = []
  const skipped: SkippedTime[] = []
  for (const wall of walls) {
    const startsAt = clockTime(wall.day, wall.clock, timeZone)
    if (!startsAt) {
      skipped.push({ startsAt: onNoClock(wall), reason: 'noSuchTime' })
      continue
    }
    const slot = { ...wall, startsAt, endsAt: startsAt.add({ minutes }) }
    const reason = whyNot(slot, slots.at(-1), now)
    if (reason) skipped.push({ startsAt: wallClock(startsAt, timeZone), reason })
    else slots.push(slot)
  }
  return { slots, skipped }
}

function whyNot(slot: PlannedSlot, before: PlannedSlot | undefined, now: Temporal.Instant): SkipReason | null {
  if (Temporal.Instant.compare(slot.startsAt, now) <= 0) return 'past'
  return before && overlaps(before, slot) ? 'overlap' : null
}

const wallClock = (instant: Temporal.Instant, timeZone: string) =>
  instant.toZonedDateTimeISO(timeZone).toString({ timeZoneName: 'never', smallestUnit: 'second' })

const onNoClock = ({ day, clock }: WallTime) =>
  day.toPlainDateTime().add({ minutes: clock }).toString({ smallestUnit: 'second' })
