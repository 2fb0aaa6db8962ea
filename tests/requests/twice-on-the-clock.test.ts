import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { helpers } from '../../src/helpers/index.ts'
import { paths } from '../../src/paths.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { serveApp } from '../support/app.ts'
import { visitor } from '../support/person.ts'
import { hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const h = helpers('en')

describe('a time of day that comes twice', () => {
  it('says which one it is, and no other time does', () => {
    const timeZone = 'Europe/London'
    const slots = ['00:30:00+01:00', '01:30:00+01:00', '01:30:00+00:00', '02:30:00+00:00'].map(clock => ({
      startsAt: `2026-10-25T${clock}`,
      timeZone
    }))
    const labels = slots.map(slot => h.timeAmong(slot, slots))
    expect(labels).toEqual(['00:30', '01:30 BST', '01:30 GMT', '02:30'])
  })

  it('is told by the offset where the zone has no name, and is no twin of one in another zone', () => {
    const lordHowe = ['T01:45:00+11:00', 'T01:45:00+10:30'].map(clock => ({
      startsAt: `2027-04-04${clock}`,
      timeZone: 'Australia/Lord_Howe'
    }))
    expect(lordHowe.map(slot => h.timeAmong(slot, lordHowe))).toEqual(['01:45 GMT+11', '01:45 GMT+10:30'])
    const sydney = { startsAt: '2027-04-04T01:45:00+11:00', timeZone: 'Australia/Sydney' }
    expect(h.timeAmong(sydney, [sydney, ...lordHowe])).toBe('01:45')
  })

  it('can be chosen, the one or the other', async () => {
    const back = nextTimeTheClocksGoBack()
    const clinic = await openClinic({ timeZone: back.timeZoneId, bookingWindowDays: 365 })
    const doctor = await hireDoctor(clinic.id)
    for (const start of [back.subtract({ minutes: 30 }), back.add({ minutes: 30 }), back.add({ hours: 9 })]) {
      const [startsAt, endsAt] = [start, start.add({ minutes: 20 })].map(at => toDate(at.toInstant())) as [Date, Date]
      await db.timeSlot.create({ data: { doctorId: doctor.id, clinicId: clinic.id, startsAt, endsAt } })
    }
    const date = back.toPlainDate().toString()
    const page = await visitor(app).opens(paths.booking.doctors.timeslots(doctor.id, { date }))
    const times = page
      .$('input[name=timeslotId]')
      .map((_, input) => page.$(input).attr('data-time'))
      .get()
    expect(times).toEqual([
      expect.stringMatching(/^\d\d:\d\d \S/),
      expect.stringMatching(/^\d\d:\d\d \S/),
      expect.stringMatching(/^\d\d:\d\d$/)
    ])
    expect(times[0]).not.toBe(times[1])
    expect(times[0]?.slice(0, 5)).toBe(times[1]?.slice(0, 5))
  })
})

/** In one hemisphere or the other, within seven months. */
function nextTimeTheClocksGoBack() {
  const next = ['Europe/London', 'Australia/Sydney'].map(zone => {
    let at = Temporal.Now.zonedDateTimeISO(zone)
    const offset = () => at.offsetNanoseconds - at.subtract({ minutes: 1 }).offsetNanoseconds
    do at = at.getTimeZoneTransition('next') as Temporal.ZonedDateTime
    while (offset() > 0)
    return at
  })
  return next.toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds)[0] as Temporal.ZonedDateTime
}
