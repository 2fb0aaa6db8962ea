import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { clockTime, toDate } from '../../src/scheduling/zone.ts'
import { publishEveryone } from '../../src/services/availability/publish-everyone.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient, workAt } from '../support/world.ts'

const app = serveApp()
const timeZone = 'Europe/London'
const today = Temporal.Now.plainDateISO(timeZone)
const dayIn = (days: number) => today.add({ days })
const instant = (days: number, time: string) => {
  const { hour, minute } = Temporal.PlainTime.from(time)
  return toDate(clockTime(dayIn(days), hour * 60 + minute, timeZone) ?? Temporal.Now.instant())
}

let [clinicId, doctorId, elsewhereId, reference] = ['', '', '', '']
let joan: Person

/** One doctor who works every day from 09:00 to 12:00, with a break at 10:30, and what has happened to her times. */
beforeAll(async () => {
  const clinic = await openClinic({ bookingWindowDays: 20, minimumNoticeMinutes: 0 })
  const elsewhere = await openClinic()
  const doctor = await hireDoctor([clinic.id, elsewhere.id])
  ;[clinicId, elsewhereId, doctorId] = [clinic.id, elsewhere.id, doctor.id]
  await db.room.create({ data: { clinicId, name: 'Room 1' } })
  for (let weekday = 1; weekday <= 7; weekday++)
    await workAt(doctorId, clinicId, weekday, { breaks: { create: { startMinutes: 630, endMinutes: 660 } } })
  await db.timeOff.create({ data: { doctorId, startsAt: instant(4, '00:00'), endsAt: instant(5, '00:00') } })
  const [closed, openAgain] = [5, 9].map(days => new Date(`${dayIn(days)}T00:00:00Z`)) as [Date, Date]
  await db.closure.create({ data: { clinicId: elsewhereId, startsOn: closed, endsOn: openAgain, reason: 'Flood' } })
  await db.closure.create({ data: { clinicId, startsOn: closed, endsOn: closed, reason: 'Painters' } })
  await publishEveryone(systemCtx(Temporal.Now.instant(), 'test'))
  await addSlot(doctorId, elsewhere, { days: 3, time: '14:00' })

  const [nine, half, ten] = await db.timeSlot.findMany({
    where: { doctorId, startsAt: { gte: instant(3, '09:00') } },
    orderBy: { startsAt: 'asc' },
    take: 3
  })
  const ada = await registerPatient()
  const booked = { doctorId, clinicId, patientId: ada.patientId, bookedById: ada.id, feeMinor: 6000, currency: 'GBP' }
  const at = (slot = nine) => ({
    timeslotId: slot?.id ?? '',
    startsAt: slot?.startsAt ?? '',
    endsAt: slot?.endsAt ?? ''
  })
  reference = 'AAAA-2222'
  await db.appointment.create({ data: { ...booked, ...at(nine), status: 'BOOKED', reference } })
  const holdExpiresAt = toDate(Temporal.Now.instant().add({ minutes: 9 }))
  await db.appointment.create({
    data: { ...booked, ...at(half), status: 'HELD', holdExpiresAt, reference: 'BBBB-3333' }
  })
  await db.timeSlot.update({ where: { id: ten?.id ?? '' }, data: { isAvailable: false } })
  const gone = await db.timeSlot.findFirstOrThrow({ where: { doctorId, startsAt: instant(3, '11:30') } })
  await db.timeSlot.update({ where: { id: gone.id }, data: { withdrawnAt: new Date() } })

  const other = await hireDoctor(clinicId)
  const busy = await addSlot(other.id, clinic, { days: 6, time: '09:00', minutes: 60 })
  const room = await db.room.findFirstOrThrow({ where: { clinicId } })
  await db.appointment.create({
    data: {
      ...{ ...booked, doctorId: other.id, status: 'BOOKED', reference: 'CCCC-4444', roomId: room.id },
      ...{ timeslotId: busy.id, startsAt: busy.startsAt, endsAt: busy.endsAt }
    }
  })
  const staff = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: staff.id, clinicId } })
  joan = await signedIn(app, staff)
})

const ask = async (days: number, time: string, more: { reference?: string } = {}) =>
  (await joan.asks(paths.admin.offers({ doctorId, clinicId, date: dayIn(days).toString(), time, ...more }))).body

describe('why a time is not offered', () => {
  it.each([
    ['no hours: outside of them', 3, '08:00', 'OUTSIDE_HOURS'],
    ['break', 3, '10:30', 'BREAK'],
    ['leave', 4, '09:00', 'TIME_OFF'],
    ['closure', 5, '09:00', 'CLOSURE'],
    ['booked', 3, '09:00', 'BOOKED'],
    ['held', 3, '09:30', 'HELD'],
    ['blocked', 3, '10:00', 'BLOCKED'],
    ['removed by hand', 3, '11:30', 'REMOVED'],
    ['not a start', 3, '11:10', 'NOT_A_START'],
    ['beyond the window', 21, '09:00', 'WINDOW'],
    ['far beyond the window', 90, '09:00', 'WINDOW'],
    ['passed', -1, '09:00', 'PAST'],
    ['at another clinic', 3, '14:00', 'ELSEWHERE']
  ])('%s', async (_, days, time, reason) => {
    expect((await ask(days, time)).answer).toMatchObject({ isOffered: false, reason })
  })

  it('the clinic is shut, for as long as this one is', async () => {
    const admin = await signedIn(app, await addUser('ADMIN'))
    const shut = async (clinicId: string) => {
      const path = paths.admin.offers({ doctorId, clinicId, date: dayIn(5).toString(), time: '09:00' })
      const { from, until } = (await admin.asks(path)).body.answer
      return [from, until].map(iso => iso.slice(0, 10))
    }
    const days = (...which: number[]) => which.map(each => dayIn(each).toString())
    expect([await shut(clinicId), await shut(elsewhereId)]).toEqual([days(5, 6), days(5, 10)])
  })

  it('it is offered, or would be without a room', async () => {
    expect((await ask(7, '09:00')).answer).toMatchObject({ isOffered: true, reason: null })
    expect((await ask(6, '09:30')).answer).toMatchObject({ isOffered: true, reason: 'NO_ROOM' })
  })

  it('the patient is with somebody else then', async () => {
    const { answer } = await ask(6, '09:30', { reference })
    expect(answer).toMatchObject({ isOffered: false, reason: 'PATIENT_BUSY' })
  })

  it('the notice is too short, and the day has no hours', async () => {
    await db.clinic.update({ where: { id: clinicId }, data: { minimumNoticeMinutes: 9 * 24 * 60 } })
    expect((await ask(7, '09:00')).answer).toMatchObject({ reason: 'NOTICE', count: 9 * 24 * 60 })
    await db.clinic.update({ where: { id: clinicId }, data: { minimumNoticeMinutes: 0 } })
    await db.workingHours.updateMany({
      where: { weekday: dayIn(8).dayOfWeek },
      data: { validUntil: new Date('2021-01-01') }
    })
    await publishEveryone(systemCtx(Temporal.Now.instant(), 'test'))
    expect((await ask(8, '09:00')).answer).toMatchObject({ reason: 'NO_HOURS' })
  })

  it('is said on a page, with the break’s times and the nearest free ones', async () => {
    const page = await joan.opens(paths.admin.offers({ doctorId, clinicId, date: dayIn(3).toString(), time: '10:40' }))
    expect(page.text).toContain('It is in a break')
    expect(page.text).toContain('The break is 10:30 to 11:00.')
    expect(page.text).toMatch(/Nearest free times .+ at 11:00/)
    expect((await joan.opens(paths.admin.offers())).status).toBe(200)
  })

  it('keeps what was typed when the question makes no sense', async () => {
    const page = await joan.opens(
      paths.admin.offers({ doctorId, date: dayIn(3).toString(), time: 'noon', reference: 'X' })
    )
    expect(page.status).toBe(422)
    expect(page.problems).toEqual(['Enter a time, such as 09:00'])
    expect(page.field('Patient’s reference').value).toBe('X')
    const none = await joan.opens(
      paths.admin.offers({ doctorId, clinicId: elsewhereId, date: dayIn(3).toString(), time: '09:00' })
    )
    expect(none.problems).toEqual(['Choose a clinic where this doctor works'])
  })
})
