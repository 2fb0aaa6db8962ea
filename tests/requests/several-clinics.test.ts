import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { inDays } from '../browser/support/days.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

/** A doctor who works at two clinics: Dubai is four hours ahead of UTC all year, Pune five and a half. */

const app = serveApp()
const { timeslots } = paths.booking.doctors
const { reschedule } = paths.booking.appointments
let ada: Person
let ben: Person
let doctorId = ''
let dubai: Awaited<ReturnType<typeof openClinic>>
let pune: Awaited<ReturnType<typeof openClinic>>
const slots: Record<string, string> = {}
const days: Record<string, string> = {}

beforeAll(async () => {
  dubai = await openClinic({ name: 'Creek Clinic', city: 'Dubai', timeZone: 'Asia/Dubai' })
  pune = await openClinic({ name: 'Hill Clinic', city: 'Pune', timeZone: 'Asia/Kolkata' })
  doctorId = (await hireDoctor([dubai.id, pune.id])).id
  // For an hour and a half each night it is tomorrow in Pune, but not yet in Dubai: the days are those of Dubai.
  const ahead = inDays(0, 'Asia/Kolkata') === inDays(0, 'Asia/Dubai') ? 0 : 1
  const add = async (name: string, clinic: typeof dubai, said: { days: number; time: string }) => {
    const from = clinic === pune ? said.days - ahead : said.days
    const { id, startsAt } = await addSlot(doctorId, clinic, { ...said, days: from })
    slots[name] = id
    days[name] = new Intl.DateTimeFormat('sv', { timeZone: clinic.timeZone }).format(startsAt)
  }
  await add('atDubai', dubai, { days: 2, time: '09:00' })
  await add('bothDubai', dubai, { days: 3, time: '09:00' })
  await add('bothPune', pune, { days: 3, time: '15:00' })
  await add('atPune', pune, { days: 4, time: '10:00' })
  await add('laterAtPune', pune, { days: 4, time: '11:00' })
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
})

const book = (person: Person, name: string) =>
  person.sends('post', paths.booking.appointments.index(), { doctorId, timeslotId: slots[name] })
type Page = Awaited<ReturnType<Person['opens']>>
const legends = ({ $ }: Page) =>
  $('legend')
    .map((_, legend) => $(legend).text().trim())
    .get()

describe('the times of a doctor at two clinics', () => {
  it('are on the clock of the clinic of that day', async () => {
    const page = await visitor(app).opens(timeslots(doctorId, { date: days.atPune }))
    expect(page.text).toContain('Hill Clinic, Pune. All times are Pune time (GMT+5:30).')
    expect(legends(page)).toEqual(['Hill Clinic, Pune (GMT+5:30) · Morning'])

    const { body } = await visitor(app).asks(timeslots(doctorId, { date: days.atPune }))
    expect(body.timeZone).toBe('Asia/Kolkata')
    expect(body.timeslots[0]).toMatchObject({ clinicId: pune.id, timeZone: 'Asia/Kolkata', available: true })
    expect(body.timeslots[0].startsAt).toBe(`${days.atPune}T10:00:00+05:30`)
  })

  it('stand under their clinic on a day at both', async () => {
    const page = await visitor(app).opens(timeslots(doctorId, { date: days.bothPune }))
    expect(page.text).toContain('Creek Clinic, Dubai · Hill Clinic, Pune. Times are on each clinic’s clock.')
    expect(legends(page)).toEqual(['Creek Clinic, Dubai (GST) · Morning', 'Hill Clinic, Pune (GMT+5:30) · Afternoon'])

    const { body } = await visitor(app).asks(timeslots(doctorId, { date: days.bothPune }))
    expect(body.timeZone).toBe('Asia/Dubai')
    expect(body.timeslots.map((slot: { timeZone: string }) => slot.timeZone)).toEqual(['Asia/Dubai', 'Asia/Kolkata'])
  })

  it('stay those of one clinic from day to day when they were asked for', async () => {
    const page = await visitor(app).opens(timeslots(doctorId, { date: days.bothPune, clinicId: pune.id }))
    expect(legends(page)).toEqual(['Hill Clinic, Pune (GMT+5:30) · Afternoon'])
    expect(page.links).toContain(timeslots(doctorId, { date: days.atPune, clinicId: pune.id }))
    expect(page.$('input[name=clinicId]').val()).toBe(pune.id)
  })

  it('are not there without a clinic that is open', async () => {
    const clinic = await openClinic()
    const doctor = await hireDoctor(clinic.id)
    await db.clinic.update({ where: { id: clinic.id }, data: { deactivatedAt: new Date() } })
    expect((await visitor(app).asks(timeslots(doctor.id))).status).toBe(404)
    expect((await visitor(app).opens(timeslots(doctor.id, { chosen: 'yes' }))).status).toBe(404)
  })
})

describe('moving to another clinic', () => {
  let id = ''
  beforeAll(async () => {
    id = (await book(ada, 'atDubai')).body.appointment.id
  })

  it('says so on the button, and beside it when only some times are elsewhere', async () => {
    const elsewhere = await ada.opens(reschedule(id, { date: days.atPune }))
    expect(elsewhere.text).toContain('Move to this time at Hill Clinic')
    const both = await ada.opens(reschedule(id, { date: days.bothPune }))
    expect(both.text).not.toContain('Move to this time at')
    expect(both.text).toContain('Another clinic than now: Hill Clinic, Pune.')
  })

  it('names the nearest free times and their clinics when the time has gone', async () => {
    await book(ben, 'atPune')
    const moved = await ada.submits(reschedule(id, { date: days.atPune }), { timeslotId: slots.atPune })
    expect(moved.status).toBe(422)
    expect(moved.problems).toEqual(['Someone has just booked 10:00. Choose another time.'])
    expect(moved.$('form[action*="/reschedule"] input[type=radio]').length).toBe(3)
    expect(moved.text).toMatch(/15:00\s*Hill Clinic, Pune \(GMT\+5:30\)/)
    expect(moved.text).toMatch(/09:00\s*Creek Clinic, Dubai \(GST\)/)

    const { status, body } = await ada.sends('patch', paths.booking.appointments.show(id), { timeslotId: slots.atPune })
    expect(status).toBe(409)
    expect(body.alternatives.at(-1)).toMatchObject({
      timeslotId: slots.laterAtPune,
      timeZone: 'Asia/Kolkata',
      clinic: { id: pune.id, name: 'Hill Clinic', city: 'Pune' },
      isSameClinic: true
    })
  })
})

describe('a time that cannot be booked', () => {
  it('leads to other times and clinics of the doctor', async () => {
    const page = await ada.submits(paths.booking.holds.index({ doctorId }), { timeslotId: slots.atPune })
    expect(page.text).toMatch(/15:00\s*Hill Clinic, Pune \(GMT\+5:30\)/)
    expect(page.links).toContain(timeslots(doctorId))
  })

  it('is no dead end, and keeps the reason, when nothing is near', async () => {
    const { id } = await hireDoctor(pune.id)
    const only = await addSlot(id, pune, { days: 5 })
    await ben.sends('post', paths.booking.appointments.index(), { doctorId: id, timeslotId: only.id })
    const wish = { doctorId: id, timeslotId: only.id, reason: 'Cough', paymentMethod: 'PAY_AT_CLINIC' }
    const page = await ada.submits(paths.booking.appointments.index(), wish)
    expect(page.text).toContain('You wrote: “Cough”')
    expect(page.links).toEqual(expect.arrayContaining([timeslots(id), paths.booking.appointments.index()]))
  })
})

it('tells both clinics of an appointment that moves from one to the other, and shows it once in its history', async () => {
  const [from, to] = [await addSlot(doctorId, dubai, { days: 8 }), await addSlot(doctorId, pune, { days: 9 })]
  const { body } = await ben.sends('post', paths.booking.appointments.index(), { doctorId, timeslotId: from.id })
  const { id } = body.appointment
  expect((await ben.sends('post', reschedule(id), { timeslotId: to.id })).status).toBe(200)
  const events = await db.auditEvent.findMany({ where: { appointmentId: id }, orderBy: { id: 'asc' } })
  expect(events.map(({ event, clinicId }) => [event, clinicId])).toEqual([
    ['appointment.booked', dubai.id],
    ['appointment.moved', dubai.id],
    ['appointment.moved-here', pune.id]
  ])
  expect(events[2]?.data).toMatchObject({ fromClinicId: dubai.id })
  expect((await ben.opens(paths.booking.appointments.show(id))).text.match(/Moved/g)).toHaveLength(1)
})
