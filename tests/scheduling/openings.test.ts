import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { intersect, isWithin, overlaps } from '../../src/scheduling/intervals.ts'
import { closureOf, firstClash, openingsOn, shiftsOn, type WeeklyHours } from '../../src/scheduling/openings.ts'
import { slotsIn } from '../../src/scheduling/slots.ts'
import { whileClockShows } from '../../src/scheduling/zone.ts'
import { clock, day, dstDays, minutesOn, onClock, schedules, zones } from './support.ts'

/** What hours offer on a day on which clocks change, or not: `start-end/minutes`, and the starts with their offset. */
const clockChanges: [zone: string, date: string, hours: string, starts: string][] = [
  ['Europe/London', '2026-03-29', '00:30-03:00/30', '00:30+00:00 02:00+01:00 02:30+01:00'],
  ['Europe/London', '2026-03-29', '01:00-02:00/15', ''],
  ['Europe/London', '2026-03-29', '01:15-02:45/45', '02:00+01:00'],
  [
    'Europe/London',
    '2026-10-25',
    '00:30-02:30/30',
    '00:30+01:00 01:00+01:00 01:30+01:00 01:00+00:00 01:30+00:00 02:00+00:00'
  ],
  ['Europe/London', '2026-10-25', '01:00-01:30/30', '01:00+01:00 01:00+00:00'],
  ['Europe/London', '2026-10-25', '01:30-02:00/20', '01:30+01:00 01:30+00:00'],
  ['America/New_York', '2026-03-08', '01:00-04:00/60', '01:00-05:00 03:00-04:00'],
  ['America/New_York', '2026-03-08', '02:00-03:00/30', ''],
  ['America/New_York', '2026-11-01', '00:00-03:00/60', '00:00-04:00 01:00-04:00 01:00-05:00 02:00-05:00'],
  ['Australia/Lord_Howe', '2026-10-04', '01:30-03:30/30', '01:30+10:30 02:30+11:00 03:00+11:00'],
  ['Australia/Lord_Howe', '2026-10-04', '02:00-02:30/15', ''],
  ['Australia/Lord_Howe', '2026-04-05', '01:00-02:30/30', '01:00+11:00 01:30+11:00 01:30+10:30 02:00+10:30'],
  ['Australia/Lord_Howe', '2026-04-05', '01:30-02:00/30', '01:30+11:00 01:30+10:30'],
  ['Asia/Kolkata', '2026-03-29', '01:00-03:00/60', '01:00+05:30 02:00+05:30'],
  ['America/Sao_Paulo', '2018-11-04', '00:00-02:00/30', '01:00-02:00 01:30-02:00'],
  ['America/Sao_Paulo', '2018-02-17', '22:30-24:00/30', '22:30-02:00 23:00-02:00 23:30-02:00 23:00-03:00 23:30-03:00'],
  ['America/Sao_Paulo', '2026-11-01', '00:00-01:00/30', '00:00-03:00 00:30-03:00'],
  [
    'Africa/Casablanca',
    '2026-02-15',
    '01:30-03:30/30',
    '01:30+01:00 02:00+01:00 02:30+01:00 02:00+00:00 02:30+00:00 03:00+00:00'
  ],
  ['Africa/Casablanca', '2026-03-22', '01:30-03:30/30', '01:30+00:00 03:00+01:00'],
  ['Asia/Kathmandu', '2026-10-25', '01:00-02:30/45', '01:00+05:45 01:45+05:45']
]

const always = { clinicId: 'riverside', breaks: [], validFrom: day('2000-01-01'), validUntil: null }
const hoursOn = (
  date: Temporal.PlainDate,
  timeZone: string,
  startMinutes: number,
  endMinutes: number
): WeeklyHours => ({
  ...{ ...always, timeZone, weekday: date.dayOfWeek, startMinutes, endMinutes }
})

describe('on a day on which the clocks change', () => {
  it.each(clockChanges)('%s on %s, %s: %s', (zone, date, said, starts) => {
    const [from = '', to = '', minutes] = said.split(/[-/]/)
    const hours = hoursOn(day(date), zone, clock(from), clock(to))
    const slots = slotsIn(shiftsOn(day(date), hours), Number(minutes))
    expect(slots.map(({ startsAt }) => onClock(startsAt, zone)).join(' ')).toBe(starts)
  })

  it.each(dstDays)('%s on %s: a 09:00 clinic stays 09:00, and its break too', (zone, date) => {
    const hours = { ...hoursOn(day(date), zone, 540, 1020), breaks: [{ startMinutes: 750, endMinutes: 795 }] }
    const shifts = shiftsOn(day(date), hours)
    const words = shifts.map(({ startsAt, endsAt }) => [onClock(startsAt, zone), onClock(endsAt, zone)])
    expect(words.map(each => each.map(time => time.slice(0, 5)))).toEqual([
      ['09:00', '12:30'],
      ['13:15', '17:00']
    ])
  })

  it.each(zones)(
    '%s: whatever the day, the clock shows the hours at every start, and every such minute is there',
    zone => {
      const anyDay = fc.integer({ min: 0, max: 7300 }).map(days => day('2010-01-01').add({ days }))
      const times = fc.tuple(fc.nat(1439), fc.integer({ min: 1, max: 1440 })).filter(([start, end]) => start < end)
      fc.assert(
        fc.property(anyDay, times, (date, [start, end]) => {
          const open = whileClockShows(date, start, end, zone)
          for (const { startsAt, endsAt } of open)
            for (const at of [startsAt, endsAt.subtract({ minutes: 1 })]) {
              const shown = at.toZonedDateTimeISO(zone)
              expect(shown.toPlainDate().equals(date)).toBe(true)
              expect(minutesOn(shown)).toBeGreaterThanOrEqual(start)
              expect(minutesOn(shown)).toBeLessThan(end)
            }
          const whole = whileClockShows(date, 0, 1440, zone)
          const rest = [...whileClockShows(date, 0, start, zone), ...whileClockShows(date, end, 1440, zone)]
          expect(minutesIn(open) + minutesIn(rest)).toBe(minutesIn(whole))
          expect(intersect(open, rest)).toEqual([])
        }),
        schedules
      )
    }
  )
})

const minutesIn = (list: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }[]) =>
  list.reduce((sum, { startsAt, endsAt }) => sum + startsAt.until(endsAt).total('minutes'), 0)

describe('openings', () => {
  const monday = day('2026-11-23')
  const hours = { ...hoursOn(monday, 'Europe/London', 540, 720), breaks: [{ startMinutes: 600, endMinutes: 615 }] }
  const at = (time: string) => monday.toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).toInstant()
  const off = (from: string, to: string) => ({ by: 'TIME_OFF' as const, startsAt: at(from), endsAt: at(to) })
  const words = (away: Parameters<typeof openingsOn>[2]) =>
    openingsOn(monday, hours, away).map(({ startsAt, endsAt }) =>
      [startsAt, endsAt].map(time => onClock(time, 'Europe/London').slice(0, 5)).join('-')
    )

  it('are working hours less breaks, closures and time off', () => {
    expect(words([])).toEqual(['09:00-10:00', '10:15-12:00'])
    expect(words([off('09:30', '10:30')])).toEqual(['09:00-09:30', '10:30-12:00'])
    expect(words([closureOf({ id: 'riverside', timeZone: 'Europe/London' }, monday, monday)])).toEqual([])
  })

  it('are not touched by another clinic’s closure', () => {
    expect(words([closureOf({ id: 'clifton', timeZone: 'Europe/London' }, monday, monday)])).toHaveLength(2)
  })

  it('are none on another weekday, before the hours are valid, and after', () => {
    expect(shiftsOn(monday.add({ days: 1 }), hours)).toEqual([])
    expect(shiftsOn(monday, { ...hours, validFrom: monday.add({ days: 1 }) })).toEqual([])
    expect(shiftsOn(monday, { ...hours, validUntil: monday.subtract({ days: 1 }) })).toEqual([])
    expect(shiftsOn(monday, { ...hours, validFrom: monday, validUntil: monday })).toHaveLength(2)
  })
})

describe('two weekly hours of one doctor', () => {
  const monday = day('2026-11-23')
  const london = hoursOn(monday, 'Europe/London', 540, 780)

  it('clash on the first day on which both are at work', () => {
    const later = { ...london, startMinutes: 720, endMinutes: 1020, validFrom: day('2026-12-01') }
    expect(firstClash(london, later, monday)?.toString()).toBe('2026-12-07')
    expect(firstClash(london, { ...later, startMinutes: 780 }, monday)).toBeNull()
    expect(firstClash(london, { ...later, weekday: 2 }, monday)).toBeNull()
    expect(firstClash({ ...london, validUntil: day('2026-12-06') }, later, monday)).toBeNull()
  })

  it('do not clash in a break, if it is long enough', () => {
    const withBreak = { ...london, breaks: [{ startMinutes: 600, endMinutes: 660 }] }
    expect(firstClash(withBreak, { ...london, startMinutes: 600, endMinutes: 660 }, monday)).toBeNull()
    expect(firstClash(withBreak, { ...london, startMinutes: 600, endMinutes: 665 }, monday)).not.toBeNull()
  })

  it('clash across zones, also only while the clocks of one have changed', () => {
    const newYork = hoursOn(monday, 'America/New_York', 480, 600)
    // London is five hours ahead but for some weeks in March, when it is four.
    expect(firstClash({ ...london, startMinutes: 720, endMinutes: 780 }, newYork, monday)?.toString()).toBe(
      '2027-03-15'
    )
    expect(firstClash(newYork, { ...london, endMinutes: 719 }, monday)).toBeNull()
  })

  it('clash across midnight between zones', () => {
    const sydney = hoursOn(day('2026-11-24'), 'Australia/Sydney', 0, 120)
    const newYork = hoursOn(monday, 'America/New_York', 480, 600)
    expect(firstClash(sydney, newYork, monday)?.toString()).toBe('2026-11-24')
  })
})

it('slots lie in their stretch, one after the other, as many as fit', () => {
  const stretch = fc.tuple(fc.nat(1000), fc.nat(600)).map(([start, length]) => ({
    startsAt: Temporal.Instant.fromEpochMilliseconds(start * 60_000),
    endsAt: Temporal.Instant.fromEpochMilliseconds((start + length) * 60_000)
  }))
  fc.assert(
    fc.property(stretch, fc.integer({ min: 5, max: 240 }), (open, minutes) => {
      const slots = slotsIn([open], minutes)
      expect(slots.every(slot => isWithin(slot, [open]))).toBe(true)
      for (const [at, slot] of slots.slice(1).entries())
        expect(slot.startsAt.equals(slots[at]?.endsAt ?? open.startsAt)).toBe(true)
      const rest = (slots.at(-1)?.endsAt ?? open.startsAt).until(open.endsAt).total('minutes')
      expect(rest).toBeLessThan(minutes)
      expect(slots.some((slot, at) => slots.slice(at + 1).some(other => overlaps(slot, other)))).toBe(false)
    }),
    schedules
  )
})
