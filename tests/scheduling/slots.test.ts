import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { overlaps } from '../../src/scheduling/intervals.ts'
import { type PlannedSlot, planSlots, startsBetween, wallTimes } from '../../src/scheduling/slots.ts'
import { day, dstDays, longAgo, minutesOn, schedules, zones } from './support.ts'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
const pattern = fc.record({
  zone: fc.constantFrom(...zones),
  from: fc.integer({ min: 0, max: 3650 }).map(days => day('2024-01-01').add({ days })),
  length: fc.integer({ min: 0, max: 21 }),
  weekdays: fc.subarray(weekdays),
  times: fc.array(fc.integer({ min: 0, max: 1439 }), { maxLength: 12 }),
  minutes: fc.integer({ min: 5, max: 240 })
})

const plan = (each: typeof pattern extends fc.Arbitrary<infer T> ? T : never, now = longAgo) => {
  const walls = wallTimes({ ...each, to: each.from.add({ days: each.length }) })
  return { walls, ...planSlots(walls, each.minutes, each.zone, now) }
}

describe('slots of a pattern', () => {
  it('never overlap', () => {
    fc.assert(
      fc.property(pattern, each => {
        const { slots } = plan(each)
        for (const [at, slot] of slots.entries())
          for (const later of slots.slice(at + 1, at + 4)) expect(overlaps(slot, later)).toBe(false)
      }),
      schedules
    )
  })

  it('lie on their wall-clock time, on a day that was asked for, and last as long as was asked', () => {
    fc.assert(
      fc.property(pattern, each => {
        for (const slot of plan(each).slots) {
          const shown = slot.startsAt.toZonedDateTimeISO(each.zone)
          expect(shown.toPlainDate().equals(slot.day)).toBe(true)
          expect(minutesOn(shown)).toBe(slot.clock)
          expect(each.weekdays).toContain(shown.dayOfWeek)
          expect(each.times).toContain(slot.clock)
          expect(slot.startsAt.until(slot.endsAt).total('minutes')).toBe(each.minutes)
        }
      }),
      schedules
    )
  })

  it('and what was skipped are together all that was asked for', () => {
    fc.assert(
      fc.property(pattern, each => {
        const { walls, slots, skipped } = plan(each)
        expect(slots.length + skipped.length).toBe(walls.length)
      }),
      schedules
    )
  })

  it('begin after now', () => {
    const now = Temporal.Instant.from('2028-06-15T10:00:00Z')
    fc.assert(
      fc.property(pattern, each => {
        for (const { startsAt } of plan(each, now).slots) expect(Temporal.Instant.compare(startsAt, now)).toBe(1)
      }),
      schedules
    )
  })
})

describe('when the clocks change', () => {
  const halfHours = startsBetween(0, 1440, 30)
  const on = (date: string, zone: string, minutes = 30) =>
    planSlots(wallTimes({ from: day(date), to: day(date), weekdays, times: halfHours }), minutes, zone, longAgo)
  const times = (slots: PlannedSlot[]) => slots.map(({ clock }) => clock)

  it.each(dstDays)('%s on %s leaves out what the clock jumps over', (zone, date, missing) => {
    const { slots, skipped } = on(date, zone)
    expect(skipped.map(({ startsAt }) => startsAt)).toEqual(missing.map(time => `${date}T${time}:00`))
    expect(skipped.every(({ reason }) => reason === 'noSuchTime')).toBe(true)
    expect(new Set(times(slots)).size).toBe(48 - missing.length)
  })

  it('a time that comes twice is its first coming', () => {
    const [slot] = planSlots([{ day: day('2026-10-25'), clock: 90 }], 30, 'Europe/London', longAgo).slots
    expect(slot?.startsAt.toString()).toBe('2026-10-25T00:30:00Z')
  })

  it('a slot lasts real minutes, so the one after a repeated hour may begin later than it ends', () => {
    const walls = [60, 120].map(clock => ({ day: day('2026-10-25'), clock }))
    const { slots, skipped } = planSlots(walls, 60, 'Europe/London', longAgo)
    expect(skipped).toEqual([])
    expect(slots.map(({ endsAt }) => endsAt.toString())).toEqual(['2026-10-25T01:00:00Z', '2026-10-25T03:00:00Z'])
  })

  it('a slot across the gap keeps the next one from beginning too early', () => {
    const walls = [0, 120].map(clock => ({ day: day('2026-03-29'), clock }))
    expect(planSlots(walls, 120, 'Europe/London', longAgo).skipped).toEqual([
      { startsAt: '2026-03-29T02:00:00+01:00', reason: 'overlap' }
    ])
  })
})
