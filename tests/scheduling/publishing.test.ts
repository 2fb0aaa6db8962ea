import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isWithin, overlaps } from '../../src/scheduling/intervals.ts'
import { type Away, awayThen, closureOf, firstClash, openingsOn, shiftsOn } from '../../src/scheduling/openings.ts'
import {
  type Diary,
  type Publication,
  type PublishedHours,
  type PublishedSlot,
  publication
} from '../../src/scheduling/publishing.ts'
import { dayAt } from '../../src/scheduling/zone.ts'
import { day, onClock, schedules } from './support.ts'

/** Two weeks in which the clocks of London change. */
const first = day('2026-10-19')
const lastDay = first.add({ days: 13 })
const now = first.toZonedDateTime({ timeZone: 'UTC', plainTime: '07:00' }).toInstant()
const clinics = { riverside: 'Europe/London', marina: 'Africa/Lagos' } as const
type ClinicId = keyof typeof clinics

const clinicId = fc.constantFrom<ClinicId>('riverside', 'marina')
const quarter = (from: number, to: number) => fc.integer({ min: from / 15, max: to / 15 }).map(each => each * 15)
const someHours: fc.Arbitrary<PublishedHours> = fc
  .record({
    id: fc.uuid(),
    clinicId,
    roomId: fc.constantFrom('room 1', 'room 2', null),
    weekday: fc.integer({ min: 1, max: 7 }),
    start: quarter(0, 1200),
    length: quarter(30, 540),
    slotMinutes: fc.integer({ min: 5, max: 120 }),
    breaks: fc.array(fc.tuple(quarter(0, 1380), quarter(15, 60)), { maxLength: 2 }),
    from: fc.integer({ min: -3, max: 10 }),
    until: fc.option(fc.integer({ min: 0, max: 13 }))
  })
  .map(({ start, length, breaks, from, until, ...each }) => ({
    ...each,
    timeZone: clinics[each.clinicId],
    startMinutes: start,
    endMinutes: Math.min(1440, start + length),
    breaks: breaks.map(([at, minutes]) => ({ startMinutes: at, endMinutes: Math.min(1440, at + minutes) })),
    validFrom: first.add({ days: from }),
    validUntil: until === null ? null : first.add({ days: Math.max(from, until) }),
    lastDay
  }))

/** Hours that one person can keep. */
const week = fc.array(someHours, { maxLength: 5 }).map(list => {
  const clash = (a: PublishedHours, b: PublishedHours) => firstClash(a, b, first.subtract({ days: 7 })) !== null
  const kept: PublishedHours[] = []
  for (const next of list) if (!kept.some(other => clash(other, next))) kept.push(next)
  return kept
})

const away: fc.Arbitrary<Away[]> = fc.array(
  fc.oneof(
    fc.record({ at: fc.integer({ min: 0, max: 20_000 }), minutes: fc.integer({ min: 1, max: 3000 }) }).map(off => ({
      by: 'TIME_OFF' as const,
      startsAt: now.add({ minutes: off.at }),
      endsAt: now.add({ minutes: off.at + off.minutes })
    })),
    fc
      .record({ clinicId, days: fc.nat(13), length: fc.nat(3) })
      .map(shut =>
        closureOf(
          { id: shut.clinicId, timeZone: clinics[shut.clinicId] },
          first.add({ days: shut.days }),
          first.add({ days: shut.days + shut.length })
        )
      )
  ),
  { maxLength: 3 }
)

/** What people do with the slots that are there, between one change of the hours and the next. */
const doings = fc.array(fc.tuple(fc.constantFrom('book', 'cancel', 'block', 'open', 'remove', 'add'), fc.nat(1000)), {
  maxLength: 12
})

const story = fc.array(fc.record({ hours: week, away, doings }), { minLength: 1, maxLength: 4 })

let made = 0
function published(slots: PublishedSlot[], { add, remove, change }: Publication): PublishedSlot[] {
  const changed = new Map(change.map(({ slot, ...rest }) => [slot, rest]))
  return [
    ...slots.filter(slot => !remove.includes(slot)).map(slot => ({ ...slot, ...changed.get(slot) })),
    ...add.map(slot => ({
      ...slot,
      ...{ id: String(++made), isAvailable: true, isTaken: false, isExtra: false, isRemoved: false, suspendedBy: null }
    }))
  ].sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
}

const isThere = (slot: PublishedSlot) => !slot.isRemoved
const isToCome = ({ startsAt }: PublishedSlot) => startsAt.epochMilliseconds > now.epochMilliseconds
const isOffered = (slot: PublishedSlot) =>
  isThere(slot) && isToCome(slot) && slot.isAvailable && !slot.isTaken && !slot.suspendedBy

function doneTo(slots: PublishedSlot[], [doing, which]: [string, number]): PublishedSlot[] {
  const change = (can: (slot: PublishedSlot) => boolean, to: Partial<PublishedSlot>) => {
    const able = slots.filter(can)
    const chosen = able[which % able.length]
    return slots.map(slot => (slot === chosen ? { ...slot, ...to } : slot))
  }
  if (doing === 'book') return change(isOffered, { isTaken: true })
  if (doing === 'cancel') return change(slot => slot.isTaken, { isTaken: false })
  if (doing === 'block') return change(isOffered, { isAvailable: false })
  if (doing === 'open') return change(slot => isThere(slot) && !slot.isAvailable, { isAvailable: true })
  if (doing === 'remove') {
    const gone = change(slot => isThere(slot) && !slot.isTaken, { isRemoved: true })
    return gone.filter(slot => !slot.isRemoved || slot.hoursId)
  }
  // The first of them is running now.
  const startsAt = now.add({ minutes: 15 * (which % 1200) - 10 })
  const byHand = { startsAt, endsAt: startsAt.add({ minutes: 20 }), clinicId: 'riverside', roomId: null, hoursId: null }
  if (slots.some(slot => isThere(slot) && overlaps(slot, byHand))) return slots
  const state = { isAvailable: true, isTaken: false, isExtra: false, isRemoved: false, suspendedBy: null }
  return [...slots, { ...byHand, ...state, id: String(++made) }]
}

/** Lives a story and looks at the slots after every publication. */
function live(chapters: (Omit<Diary, 'published'> & { doings: [string, number][] })[], look: Law) {
  let slots: PublishedSlot[] = []
  for (const { hours, away, doings } of chapters) {
    const before = slots
    slots = published(slots, publication({ hours, away, published: slots }, now))
    look(before, slots, { hours, away })
    slots = doings.reduce(doneTo, slots)
  }
}

type Law = (before: PublishedSlot[], after: PublishedSlot[], told: Omit<Diary, 'published'>) => void

const laws: Record<string, Law> = {
  'to publish twice is to publish once': (_, after, told) => {
    expect(publication({ ...told, published: after }, now)).toEqual({ add: [], remove: [], change: [] })
  },

  'slots never overlap': (_, after) => {
    const there = after.filter(isThere)
    for (const [at, slot] of there.slice(1).entries()) expect(overlaps(there[at] as PublishedSlot, slot)).toBe(false)
  },

  'what is offered lies in the openings of its hours, and in no break, closure or leave': (_, after, told) => {
    for (const slot of after.filter(isOffered)) {
      expect(awayThen(slot, told.away)).toBeNull()
      if (slot.hoursId === null) continue
      const own = told.hours.find(({ id }) => id === slot.hoursId) as PublishedHours
      expect(isWithin(slot, openingsOn(dayAt(slot.startsAt, own.timeZone), own, told.away))).toBe(true)
      expect(slot.startsAt.until(slot.endsAt).total('minutes')).toBe(own.slotMinutes)
      expect(slot.startsAt.epochMilliseconds).toBeGreaterThan(now.epochMilliseconds)
    }
  },

  'what somebody has stays as it is, and is suspended where nobody will be': (before, after, { away }) => {
    for (const taken of before.filter(slot => slot.isTaken)) {
      const kept = after.find(({ id }) => id === taken.id)
      expect(kept).toMatchObject({ clinicId: taken.clinicId, isTaken: true, roomId: taken.roomId })
      expect(kept?.startsAt.equals(taken.startsAt) && kept.endsAt.equals(taken.endsAt)).toBe(true)
      if (isToCome(taken) && awayThen(taken, away)) expect(kept?.suspendedBy).not.toBeNull()
    }
  },

  'what people added, blocked or removed by hand is left alone': (before, after) => {
    const kept = new Map(after.map(slot => [slot.id, slot]))
    const added = after.filter(slot => !before.some(({ id }) => id === slot.id))
    for (const slot of before) {
      if (slot.hoursId === null && slot.suspendedBy !== 'HOURS') expect(kept.has(slot.id)).toBe(true)
      if (slot.isRemoved) expect(kept.get(slot.id)).toEqual({ ...slot, hoursId: expect.anything() })
      if (slot.isRemoved || !slot.isAvailable) {
        expect(kept.get(slot.id)?.isAvailable ?? slot.isAvailable).toBe(slot.isAvailable)
        if (kept.has(slot.id)) expect(added.filter(other => overlaps(other, slot))).toEqual([])
      }
    }
  }
}

describe('publishing', () => {
  it(`keeps its laws whatever doctors, patients and clinics do: ${Object.keys(laws).join('; ')}`, () => {
    fc.assert(
      fc.property(story, chapters =>
        live(chapters, (before, after, told) => {
          for (const [law, holds] of Object.entries(laws)) named(law, () => holds(before, after, told))
        })
      ),
      schedules
    )
  })

  it('leaves out nothing that could be offered', () => {
    fc.assert(
      fc.property(week, away, (hours, off) => {
        const { add } = publication({ hours, away: off, published: [] }, now)
        for (const own of hours)
          for (let date = first.add({ days: 1 }); !date.equals(lastDay.add({ days: 1 })); date = date.add({ days: 1 }))
            for (const { startsAt, endsAt } of shiftsOn(date, own)) {
              const room = Math.floor(startsAt.until(endsAt).total('minutes') / own.slotMinutes)
              const within = [{ startsAt, endsAt }]
              const there = add.filter(slot => slot.hoursId === own.id && isWithin(slot, within))
              const missing = Array.from({ length: room }, (_, at) => ({
                startsAt: startsAt.add({ minutes: at * own.slotMinutes }),
                endsAt: startsAt.add({ minutes: (at + 1) * own.slotMinutes }),
                clinicId: own.clinicId
              })).filter(slot => awayThen(slot, off))
              expect(there.length + missing.length).toBe(room)
            }
      }),
      schedules
    )
  })
})

/** Says which law was broken. */
function named(law: string, look: () => void) {
  try {
    look()
  } catch (error) {
    throw new Error(`Broken: ${law}`, { cause: error })
  }
}

describe('a Monday at Riverside, 9 to 12', () => {
  const monday = day('2026-10-26')
  const mondays: PublishedHours = {
    ...{ id: 'mondays', clinicId: 'riverside', timeZone: 'Europe/London', weekday: 1, roomId: null, slotMinutes: 30 },
    ...{ startMinutes: 540, endMinutes: 720, breaks: [], validFrom: monday, validUntil: null, lastDay: monday }
  }
  const publish = (slots: PublishedSlot[], hours: PublishedHours[], off: Away[] = []) =>
    published(slots, publication({ hours, away: off, published: slots }, now))
  const times = (slots: PublishedSlot[]) =>
    slots.map(slot => onClock(slot.startsAt, 'Europe/London').slice(0, 5)).join(' ')
  const taken = (slots: PublishedSlot[], time: string) =>
    slots.map(slot => (times([slot]) === time ? { ...slot, isTaken: true } : slot))
  const at = (time: string) => monday.toZonedDateTime({ timeZone: 'Europe/London', plainTime: time }).toInstant()
  const off: Away = { by: 'TIME_OFF', startsAt: at('10:10'), endsAt: at('11:05') }
  const start = publish([], [mondays])

  it('keeps its grid when the doctor is away for a while in the middle', () => {
    const later = publish(start, [mondays], [off])
    expect(times(later.filter(isOffered))).toBe('09:00 09:30 11:30')
    expect(times(publish(later, [mondays]).filter(isOffered))).toBe(times(start))
  })

  it('with another length gets other free slots, and a booked one stays as it was, no conflict', () => {
    const later = publish(taken(start, '10:30'), [{ ...mondays, slotMinutes: 20 }])
    expect(times(later)).toBe('09:00 09:20 09:40 10:00 10:30 11:00 11:20 11:40')
    expect(later.every(({ suspendedBy }) => suspendedBy === null)).toBe(true)
  })

  it('is published around whoever is squeezed in at another clinic, and on top of whoever is here', () => {
    const state = { ...{ isAvailable: true, isTaken: true, isExtra: true, isRemoved: false }, suspendedBy: null }
    const extra = (clinicId: string) => ({
      ...{ id: 'extra', clinicId, roomId: null, hoursId: null, startsAt: at('09:40'), endsAt: at('10:00'), ...state }
    })
    const added = (clinicId: string) => times(publish([extra(clinicId)], [mondays]).filter(slot => !slot.isExtra))
    expect(added('riverside')).toBe(times(start))
    expect(added('marina')).toBe('09:00 10:00 10:30 11:00 11:30')
  })

  it('that ends earlier suspends what is booked after its end, until it ends later again', () => {
    const shorter = publish(taken(start, '11:30'), [{ ...mondays, endMinutes: 660 }])
    expect(times(shorter.filter(isOffered))).toBe('09:00 09:30 10:00 10:30')
    expect(shorter.at(-1)).toMatchObject({ isTaken: true, suspendedBy: 'HOURS' })
    expect(publish(shorter, [mondays]).every(({ suspendedBy }) => suspendedBy === null)).toBe(true)
  })

  it('that is given up leaves only what is booked, and that goes when it is cancelled', () => {
    const left = publish(taken(start, '09:30'), []).map(slot => ({ ...slot, hoursId: null }))
    expect(left.map(({ suspendedBy }) => suspendedBy)).toEqual(['HOURS'])
    expect(publish(left, [])).toEqual(left)
    expect(
      publish(
        left.map(slot => ({ ...slot, isTaken: false })),
        []
      )
    ).toEqual([])
  })
})
