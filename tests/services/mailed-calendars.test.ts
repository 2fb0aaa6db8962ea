import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { rescheduleAppointment } from '../../src/services/appointments/reschedule.ts'
import { arriving, as, invitationIn, surgery } from '../support/appointment-mails.ts'
import { mailServerOfFile } from '../support/mail-server.ts'

const now = Temporal.Instant.from('2026-10-01T09:00:00Z')
const server = mailServerOfFile()

describe('a calendar', () => {
  const changes = [
    ['Europe/London', '2026-10-24T09:30', '2026-10-24T08:30', '2026-10-26T09:30', '2026-10-26T09:30', 'BST', 'GMT'],
    ['Europe/London', '2027-03-27T09:30', '2027-03-27T09:30', '2027-03-29T09:30', '2027-03-29T08:30', 'GMT', 'BST'],
    ['America/New_York', '2026-10-31T16:00', '2026-10-31T20:00', '2026-11-02T16:00', '2026-11-02T21:00'],
    ['America/New_York', '2027-03-13T16:00', '2027-03-13T21:00', '2027-03-15T16:00', '2027-03-15T20:00']
  ] as const

  it.each(changes)('of somebody in %s follows a visit from %s (%s) to %s (%s), and off again', async (...change) => {
    const [timeZone, first, firstUtc, second, secondUtc, zone = '', zoneThen = ''] = change
    const { clinic, doctor, ada, slot } = await surgery({ timeZone })
    const patient = await as(ada.id, now)
    const { id } = await bookAppointment(patient, { timeslotId: (await slot(first)).id })
    const [booked] = (await arriving(server, now))(ada.email)
    await rescheduleAppointment(patient, id, { timeslotId: (await slot(second)).id })
    const [moved] = (await arriving(server, now))(ada.email)
    await cancelAppointment(patient, id, { reason: 'Better now' })
    const last = await arriving(server, now)

    const people = {
      organizer: `mailto:${clinic.email}`,
      attendee: `mailto:${ada.email}`,
      answer: ['FALSE', 'ACCEPTED']
    }
    const always = { ...people, uid: `${id}@localhost`, summary: `${clinic.name}: ${doctor.user.name}`, isTwice: true }
    const at = (utc: string) => ({ ...always, startsAt: `${utc}:00.000Z`, endsAt: halfAnHourAfter(utc) })
    expect(invitationIn(booked)).toMatchObject({ ...at(firstUtc), method: 'REQUEST', status: 'CONFIRMED', sequence: 0 })
    expect(invitationIn(moved)).toMatchObject({ ...at(secondUtc), method: 'REQUEST', status: 'CONFIRMED', sequence: 1 })
    const off = { method: 'CANCEL', status: 'CANCELLED', sequence: 2 }
    expect(invitationIn(last(ada.email)[0])).toMatchObject({ ...at(secondUtc), ...off })
    expect(invitationIn(last(doctor.user.email)[0])).toMatchObject({ uid: `${id}@localhost`, ...off })

    expect(booked?.text).toContain(`${first.slice(11)} (${zone}`)
    expect(moved?.text).toMatch(new RegExp(`Before: .* ${first.slice(11)} \\(${zone}`))
    expect(moved?.text).toMatch(new RegExp(`When: .* ${second.slice(11)} \\(${zoneThen}`))
  })

  const halfAnHourAfter = (utc: string) =>
    Temporal.Instant.from(`${utc}:00Z`).add({ minutes: 30 }).toString({ fractionalSecondDigits: 3 })
})

describe('a reminder', () => {
  it('comes two days and a day before, is stopped with one click, and puts nothing into a calendar', async () => {
    const { ada, slot } = await surgery()
    await bookAppointment(await as(ada.id, now), { timeslotId: (await slot('2026-12-01T09:30')).id })
    await arriving(server, now)
    const hoursLeft = (hours: number) => Temporal.Instant.from('2026-12-01T09:30:00Z').subtract({ hours })
    const [first] = (await arriving(server, hoursLeft(48)))(ada.email)
    const [second] = (await arriving(server, hoursLeft(24)))(ada.email)
    expect([first, second].map(mail => mail?.subject)).toEqual(
      Array(2).fill('Reminder: your appointment is on Tuesday 1 December at 09:30')
    )
    const head = (name: string) => first?.headers.find(({ key }) => key === name)?.value
    const [, link = ''] = /^<(.+)>$/.exec(head('list-unsubscribe') ?? '') ?? []
    expect(link).toMatch(/^http:\/\/localhost:3000\/unsubscriptions\/[\w.-]+$/)
    expect(head('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(first?.text).toContain(`Stop reminders by e-mail:\n${link}`)
    expect(head('auto-submitted')).toBe('auto-generated')
    expect(invitationIn(first)).toBeNull()
    expect([first?.text, second?.text].map(text => /is (tomorrow|in 2 days)\./.exec(text ?? '')?.[1])).toEqual([
      'in 2 days',
      'tomorrow'
    ])
  })

  it('is not sent of a time that the clinic can’t keep', async () => {
    const { ada, slot } = await surgery()
    const { id: timeslotId } = await slot('2026-12-01T09:30')
    await bookAppointment(await as(ada.id, now), { timeslotId })
    await arriving(server, now)
    await db.timeSlot.update({ where: { id: timeslotId }, data: { suspendedBy: 'TIME_OFF' } })
    expect((await arriving(server, Temporal.Instant.from('2026-11-29T09:30:00Z')))(ada.email)).toEqual([])
  })

  it('does not come when it is not wanted or two would come at once, and at hours that are set no more if no other does', async () => {
    const { ada, slot } = await surgery()
    await bookAppointment(await as(ada.id, now), { timeslotId: (await slot('2026-12-01T09:30')).id })
    await db.notification.deleteMany({ where: { kind: { not: 'appointment.reminder' } } })
    const late = Temporal.Instant.from('2026-11-30T12:00:00Z')
    expect((await arriving(server, late))(ada.email)).toHaveLength(1)

    const why = () => db.notification.findMany({ where: { status: 'DROPPED' }, select: { lastError: true } })
    expect(await why()).toEqual([{ lastError: 'SUPERSEDED' }])
    const again = { status: 'PLANNED', attempts: 0, sendAfter: toDate(late), data: { sequence: 0, hours: 24 } } as const
    await db.notification.updateMany({ where: { status: 'DROPPED' }, data: again })
    await db.user.update({ where: { id: ada.id }, data: { wantsReminders: false } })
    expect((await arriving(server, late))(ada.email)).toEqual([])
    expect(await why()).toEqual([{ lastError: 'NOT_WANTED' }])

    await db.user.update({ where: { id: ada.id }, data: { wantsReminders: true } })
    await db.notification.updateMany({
      where: { status: 'DROPPED' },
      data: { ...again, data: { sequence: 0, hours: 36 } }
    })
    expect((await arriving(server, late))(ada.email)).toHaveLength(1)
  })
})
