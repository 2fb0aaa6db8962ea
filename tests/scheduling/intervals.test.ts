import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  type Interval,
  intersect,
  isWithin,
  merge,
  overlaps,
  overlapWith,
  subtract
} from '../../src/scheduling/intervals.ts'
import { startsBetween, wallTimes } from '../../src/scheduling/slots.ts'
import { day, schedules } from './support.ts'

const at = (minutes: number) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000)
const stretch = ([start, length]: [number, number]): Interval => ({ startsAt: at(start), endsAt: at(start + length) })
const interval = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 30 })).map(stretch)
const intervals = fc.array(fc.tuple(fc.nat(100), fc.nat(30)).map(stretch), { maxLength: 8 })

const startOf = ({ startsAt }: Interval) => startsAt.epochMilliseconds / 60_000
const endOf = ({ endsAt }: Interval) => endsAt.epochMilliseconds / 60_000

/** The minutes that some time is made of: what everything else must agree with. */
const minutesOf = (list: Interval[]) =>
  new Set(list.flatMap(each => Array.from({ length: endOf(each) - startOf(each) }, (_, on) => startOf(each) + on)))
const sorted = (minutes: Set<number>) => [...minutes].sort((a, b) => a - b)

describe('time', () => {
  it('overlaps when a minute is shared, whichever is named first', () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const shared = minutesOf([a]).intersection(minutesOf([b])).size
        expect(overlaps(a, b)).toBe(shared > 0)
        expect(overlaps(b, a)).toBe(shared > 0)
      })
    )
  })

  it('merged is the same time, in order, with gaps between', () => {
    fc.assert(
      fc.property(intervals, list => {
        const merged = merge(list)
        expect(sorted(minutesOf(merged))).toEqual(sorted(minutesOf(list)))
        for (const [on, next] of merged.slice(1).entries())
          expect(endOf(merged[on] as Interval)).toBeLessThan(startOf(next))
      }),
      schedules
    )
  })

  it('less other time is what is in the one and not in the other', () => {
    fc.assert(
      fc.property(intervals, intervals, (from, taken) => {
        const left = subtract(from, taken)
        expect(sorted(minutesOf(left))).toEqual(sorted(minutesOf(from).difference(minutesOf(taken))))
        expect(left.every(each => startOf(each) < endOf(each))).toBe(true)
      }),
      schedules
    )
  })

  it('in common is what is in both', () => {
    fc.assert(
      fc.property(intervals, intervals, (some, others) => {
        const both = minutesOf(some).intersection(minutesOf(others))
        expect(sorted(minutesOf(intersect(some, others)))).toEqual(sorted(both))
      }),
      schedules
    )
  })

  it('is found within other time, or overlapping it, as a look at every minute finds it', () => {
    fc.assert(
      fc.property(interval, intervals, (asked, list) => {
        expect(overlapWith(list)(asked)).toBe(minutesOf([asked]).intersection(minutesOf(list)).size > 0)
        expect(isWithin(asked, merge(list))).toBe(minutesOf([asked]).isSubsetOf(minutesOf(list)))
      }),
      schedules
    )
  })

  it('parts where it was parted: a shift after a break begins anew', () => {
    const parted = [stretch([0, 30]), stretch([30, 30])]
    expect(subtract(parted, [])).toHaveLength(2)
    expect(merge(parted)).toHaveLength(1)
  })
})

it('starts follow each other without a gap, and the last slot ends in time', () => {
  expect(startsBetween(540, 600, 20)).toEqual([540, 560, 580])
  expect(startsBetween(540, 599, 20)).toEqual([540, 560])
  expect(startsBetween(540, 540, 20)).toEqual([])
  expect(startsBetween(600, 540, 20)).toEqual([])
})

it('wall times come in order, each once, on the weekdays asked for', () => {
  const walls = wallTimes({ from: day('2026-11-23'), to: day('2026-11-29'), weekdays: [7, 1], times: [600, 540, 600] })
  expect(walls.map(({ day: on, clock }) => `${on} ${clock}`)).toEqual([
    '2026-11-23 540',
    '2026-11-23 600',
    '2026-11-29 540',
    '2026-11-29 600'
  ])
})

it('days that end before they begin are none', () => {
  expect(wallTimes({ from: day('2026-11-24'), to: day('2026-11-23'), weekdays: [1, 2], times: [540] })).toEqual([])
})
