import { expect, it } from 'vitest'
import { leftOut } from '../../src/scheduling/left-out.ts'
import { type Diary, type PublishedHours, publication } from '../../src/scheduling/publishing.ts'
import { day, onClock } from './support.ts'

const timeZone = 'Europe/London'
const monday = day('2026-11-23')
const at = (time: string) => monday.toZonedDateTime({ timeZone, plainTime: time }).toInstant()
const now = at('08:00')
const hours: PublishedHours = {
  ...{ id: 'mondays', clinicId: 'riverside', roomId: null, timeZone, weekday: 1, startMinutes: 480, endMinutes: 720 },
  ...{ breaks: [], slotMinutes: 30, validFrom: monday, validUntil: null, lastDay: monday.add({ days: 6 }) }
}
const slot = (from: string, to: string, said = {}) => ({
  ...{ id: from, startsAt: at(from), endsAt: at(to), clinicId: 'riverside', roomId: null, hoursId: null },
  ...{ isAvailable: true, isTaken: false, isExtra: false, isRemoved: false, suspendedBy: null, ...said }
})

it('says why a time is left out, and nothing of one that is added, there already or over', () => {
  const diary: Diary = {
    hours: [hours],
    away: [{ by: 'TIME_OFF', startsAt: at('11:10'), endsAt: at('11:20') }],
    published: [
      slot('08:30', '09:00', { hoursId: 'mondays', isTaken: true }),
      slot('09:10', '09:20'),
      slot('10:00', '10:30', { hoursId: 'mondays', isRemoved: true }),
      slot('10:40', '10:50', { clinicId: 'clifton' })
    ]
  }
  const found = leftOut([hours], diary, publication(diary, now), now)
  expect(found.map(({ startsAt, by }) => [onClock(startsAt, timeZone).slice(0, 5), by])).toEqual([
    ['09:00', 'OTHER'],
    ['10:00', 'REMOVED'],
    ['10:30', 'OTHER'],
    ['11:00', 'TIME_OFF']
  ])
})
