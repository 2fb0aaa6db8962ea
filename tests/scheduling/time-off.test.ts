import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { daysOfStretch, hoursOn, wholeDays } from '../../src/scheduling/time-off.ts'

const day = Temporal.PlainDate.from
const shown = (stretch: ReturnType<typeof hoursOn>) =>
  stretch && [stretch.startsAt.toString(), stretch.endsAt.toString()]

describe('whole days', () => {
  it.each([
    ['Europe/London', '2026-03-29', '2026-03-29', 23],
    ['Europe/London', '2026-10-25', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-05', 47.5],
    ['Asia/Kolkata', '2026-12-24', '2026-12-26', 72]
  ])('in %s from %s to %s are %s hours', (zone, from, to, hours) => {
    const { startsAt, endsAt } = wholeDays({ from: day(from), to: day(to) }, zone)
    expect(startsAt.until(endsAt).total('hours')).toBe(hours)
  })

  it('are found again on the clock they were meant by, whatever the days', () => {
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Africa/Casablanca')
    const whole = fc.record({ zone: zones, start: fc.nat(1500), length: fc.nat(40) })
    fc.assert(
      fc.property(whole, ({ zone, start, length }) => {
        const from = day('2026-01-01').add({ days: start })
        const days = { from, to: from.add({ days: length }) }
        const found = daysOfStretch(wholeDays(days, zone), zone)
        expect([found?.from.toString(), found?.to.toString()]).toEqual([days.from.toString(), days.to.toString()])
      })
    )
  })

  it('are none on another clock', () => {
    const days = { from: day('2026-12-24'), to: day('2026-12-24') }
    expect(daysOfStretch(wholeDays(days, 'Asia/Kolkata'), 'Europe/London')).toBeNull()
  })
})

describe('some hours of a day', () => {
  it.each([
    ['an ordinary one', '2026-11-24', 540, 600, ['2026-11-24T09:00:00Z', '2026-11-24T10:00:00Z']],
    ['across the hour that is left out', '2026-03-29', 30, 180, ['2026-03-29T00:30:00Z', '2026-03-29T02:00:00Z']],
    ['of an hour that comes twice', '2026-10-25', 60, 90, ['2026-10-25T00:00:00Z', '2026-10-25T01:30:00Z']],
    ['up to a time that comes twice', '2026-10-25', 0, 75, ['2026-10-24T23:00:00Z', '2026-10-25T01:15:00Z']],
    ['that the clock never shows', '2026-03-29', 60, 120, null]
  ])('in London: %s', (_, on, start, end, expected) => {
    expect(shown(hoursOn(day(on), start, end, 'Europe/London'))).toEqual(expected)
  })
})
