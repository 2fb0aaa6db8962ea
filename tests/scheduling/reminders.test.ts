import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { outsideQuietHours, type QuietHours, remindersOf } from '../../src/scheduling/reminders.ts'
import { longAgo, onClock, schedules, zones } from './support.ts'

const { compare } = Temporal.Instant
const at = (wall: string, zone: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant()
const shown = (instant: Temporal.Instant, zone: string) =>
  `${instant.toZonedDateTimeISO(zone).toPlainDate()} ${onClock(instant, zone)}`

const zone = fc.constantFrom(...zones)
/** Any minute of eight years in which clocks changed, and ceased to change. */
const minute = fc
  .integer({ min: Date.UTC(2017, 0, 1) / 60_000, max: Date.UTC(2026, 11, 31) / 60_000 })
  .map(minutes => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000))
const hour = fc.integer({ min: 0, max: 23 })

describe('a reminder', () => {
  it.each([
    ['Europe/London', '2026-03-29T12:30', 24, '2026-03-28 12:30+00:00'],
    ['Europe/London', '2026-10-25T12:30', 48, '2026-10-23 12:30+01:00'],
    ['America/New_York', '2026-03-08T09:00', 24, '2026-03-07 09:00-05:00'],
    ['America/New_York', '2026-11-01T09:00', 24, '2026-10-31 09:00-04:00'],
    ['Australia/Lord_Howe', '2026-10-04T08:15', 24, '2026-10-03 08:15+10:30'],
    ['Australia/Lord_Howe', '2026-04-05T08:15', 48, '2026-04-03 08:15+11:00'],
    ['America/Sao_Paulo', '2018-11-04T10:00', 24, '2018-11-03 10:00-03:00'],
    ['Africa/Casablanca', '2026-03-22T10:00', 24, '2026-03-21 10:00+00:00'],
    ['Asia/Kolkata', '2026-03-29T10:00', 24, '2026-03-28 10:00+05:30'],
    // The clock never showed 01:30 that day.
    ['Europe/London', '2026-03-30T01:30', 24, '2026-03-29 02:30+01:00'],
    // Hours are hours: a minute is as long on any clock.
    ['Europe/London', '2026-10-25T12:30', 12, '2026-10-25 01:30+01:00'],
    ['Europe/London', '2026-10-26T12:30', 36, '2026-10-25 01:30+01:00']
  ])('in %s of a visit at %s, %i hours before, is at %s', (zone, visit, hours, expected) => {
    const due = remindersOf(at(visit, zone), zone, [hours], longAgo)
    expect(due.map(reminder => shown(reminder.at, zone))).toEqual([expected])
  })

  it('is at the same time of the day, so many days before, whatever the clocks do', () => {
    fc.assert(
      fc.property(zone, minute, fc.integer({ min: 1, max: 14 }), (zone, visit, days) => {
        const [reminder] = remindersOf(visit, zone, [days * 24], longAgo)
        const start = visit.toZonedDateTimeISO(zone)
        const wall = start.toPlainDateTime().subtract({ days })
        const isOnTheClock = wall.toZonedDateTime(zone).toPlainDateTime().equals(wall)
        const told = reminder?.at.toZonedDateTimeISO(zone).toPlainDateTime()
        // A time that is left out that day is as much later as the clock jumps.
        expect(told?.toPlainDate().equals(wall.toPlainDate())).toBe(true)
        expect(told?.equals(wall)).toBe(isOnTheClock)
      }),
      schedules
    )
  })

  it('is still to come, before the visit, and one of those that are wanted, in their order', () => {
    const hoursBefore = fc.uniqueArray(fc.integer({ min: 1, max: 336 }), { maxLength: 4 })
    fc.assert(
      fc.property(zone, minute, minute, hoursBefore, (zone, visit, now, unordered) => {
        const wanted = unordered.sort((a, b) => b - a)
        const due = remindersOf(visit, zone, wanted, now)
        expect(wanted.slice(wanted.length - due.length)).toEqual(due.map(({ hours }) => hours))
        for (const { at } of due) expect([compare(at, now), compare(at, visit)]).toEqual([1, -1])
        expect(due.map(({ at }) => at).sort(compare)).toEqual(due.map(({ at }) => at))
      }),
      schedules
    )
  })
})

const quietAt = (instant: Temporal.Instant, zone: string, { from, until }: QuietHours) => {
  const { hour } = instant.toZonedDateTimeISO(zone)
  const hours = new Set<number>()
  for (let each = from; each !== until; each = (each + 1) % 24) hours.add(each)
  return hours.has(hour)
}

describe('a text', () => {
  const night = { from: 21, until: 8 }

  it.each([
    [
      'by day, at once',
      'Europe/London',
      '2026-11-24T14:00',
      '2026-11-24T14:00',
      '2026-11-26T09:00',
      '2026-11-24 14:00+00:00'
    ],
    [
      'at the last minute of the day',
      'Europe/London',
      '2026-11-24T20:59',
      '2026-11-24T20:59',
      '2026-11-26T09:00',
      '2026-11-24 20:59+00:00'
    ],
    [
      'in the evening, the next morning',
      'Europe/London',
      '2026-11-24T21:00',
      '2026-11-24T21:00',
      '2026-11-26T09:00',
      '2026-11-25 08:00+00:00'
    ],
    [
      'in the small hours, the same morning',
      'Asia/Kolkata',
      '2026-11-24T03:10',
      '2026-11-24T03:10',
      '2026-11-26T09:00',
      '2026-11-24 08:00+05:30'
    ],
    [
      'due in the night before an early visit, the evening before',
      'Europe/London',
      '2026-11-20T10:00',
      '2026-11-25T05:30',
      '2026-11-25T07:30',
      '2026-11-24 20:30+00:00'
    ],
    [
      'of news in the night before an early visit, at once',
      'Europe/London',
      '2026-11-25T02:00',
      '2026-11-25T02:00',
      '2026-11-25T09:30',
      '2026-11-25 02:00+00:00'
    ],
    [
      'of news in the night before a later visit, in the morning',
      'Europe/London',
      '2026-11-25T02:00',
      '2026-11-25T02:00',
      '2026-11-25T10:30',
      '2026-11-25 08:00+00:00'
    ],
    [
      'of a visit that is over, in the morning',
      'Europe/London',
      '2026-11-25T23:00',
      '2026-11-25T23:00',
      '2026-11-25T18:00',
      '2026-11-26 08:00+00:00'
    ],
    [
      'in the night the clock jumps',
      'Europe/London',
      '2026-03-28T22:00',
      '2026-03-28T22:00',
      '2026-03-30T09:00',
      '2026-03-29 08:00+01:00'
    ],
    [
      'in the night an hour comes twice',
      'America/New_York',
      '2026-10-31T22:00',
      '2026-10-31T22:00',
      '2026-11-02T09:00',
      '2026-11-01 08:00-05:00'
    ],
    [
      'in the night half an hour is left out',
      'Australia/Lord_Howe',
      '2026-10-04T01:45',
      '2026-10-04T01:45',
      '2026-10-06T09:00',
      '2026-10-04 08:00+11:00'
    ],
    [
      'in the night half an hour comes twice',
      'Australia/Lord_Howe',
      '2026-04-04T23:00',
      '2026-04-04T23:00',
      '2026-04-06T09:00',
      '2026-04-05 08:00+10:30'
    ],
    [
      'in the night without a midnight',
      'America/Sao_Paulo',
      '2018-11-03T23:30',
      '2018-11-03T23:30',
      '2018-11-05T09:00',
      '2018-11-04 08:00-02:00'
    ]
  ])('%s', (_, zone, now, due, visit, expected) => {
    const when = { now: at(now, zone), visitAt: at(visit, zone) }
    expect(shown(outsideQuietHours(at(due, zone), zone, night, when), zone)).toBe(expected)
  })

  it('comes in no quiet hour when the same hour is said twice', () => {
    fc.assert(
      fc.property(zone, minute, hour, (zone, now, each) => {
        const quiet = { from: each, until: each }
        expect(outsideQuietHours(now, zone, quiet, { now, visitAt: now }).equals(now)).toBe(true)
      }),
      schedules
    )
  })

  it('comes in quiet hours only when there is no other time, never before now, and never after the visit', () => {
    const minutes = (most: number) => fc.integer({ min: 0, max: most })
    fc.assert(
      fc.property(
        zone,
        minute,
        minutes(4 * 1440),
        minutes(3 * 1440),
        hour,
        hour,
        (zone, now, wait, left, from, until) => {
          const quiet = { from, until }
          const due = now.add({ minutes: wait })
          const visitAt = due.add({ minutes: left + 1 })
          const sent = outsideQuietHours(due, zone, quiet, { now, visitAt })
          expect(compare(sent, now)).not.toBe(-1)
          expect(compare(sent, visitAt)).toBe(-1)
          if (!quietAt(due, zone, quiet)) expect(sent.equals(due)).toBe(true)
          if (!quietAt(sent, zone, quiet)) return

          // At night, at once: from now until two hours before the visit nobody would be up, except in a last half hour.
          expect(sent.equals(now)).toBe(true)
          const latest = visitAt.subtract({ hours: 2 })
          for (let time = now; compare(time, latest) < 0; time = time.add({ minutes: 10 }))
            expect(quietAt(time, zone, quiet)).toBe(true)
        }
      ),
      schedules
    )
  })

  it('is not put off any more once it was, however often it is asked', () => {
    fc.assert(
      fc.property(zone, minute, fc.integer({ min: 1, max: 4 * 1440 }), hour, hour, (zone, now, left, from, until) => {
        const visitAt = now.add({ minutes: left })
        const once = outsideQuietHours(now, zone, { from, until }, { now, visitAt })
        const again = outsideQuietHours(once, zone, { from, until }, { now: once, visitAt })
        expect(again.equals(once)).toBe(true)
      }),
      schedules
    )
  })
})
