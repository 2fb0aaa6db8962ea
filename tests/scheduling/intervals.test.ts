import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { overlaps } from '../../src/scheduling/intervals.ts'
import { startsBetween, wallTimes } from '../../src/scheduling/slots.ts'
import { day } from './support.ts'

const at = (minutes: number) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000)
const interval = fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 30 })).map(([start, length]) => ({
  startsAt: at(start),
  endsAt: at(start + length),
  minutes: [start, start + length] as const
}))

it('two intervals overlap when they share a minute, whichever is named first', () => {
  fc.assert(
    fc.property(interval, interval, (a, b) => {
      const shared = Math.min(a.minutes[1], b.minutes[1]) - Math.max(a.minutes[0], b.minutes[0])
      expect(overlaps(a, b)).toBe(shared > 0)
      expect(overlaps(b, a)).toBe(shared > 0)
    })
  )
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
