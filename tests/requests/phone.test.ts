import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, patients } = paths.admin

let clinic: Awaited<ReturnType<typeof openClinic>>
let elsewhere: typeof clinic
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let tess: Person
let stranger: Person
const slots: Awaited<ReturnType<typeof addSlots>> = []
const slot = (at: number) => slots[at] as (typeof slots)[number]

const desk = async (clinicId: string) => {
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

beforeAll(async () => {
  clinic = await openClinic({ minimumNoticeMinutes: 7 * 24 * 60, bookingWindowDays: 1 })
  elsewhere = await openClinic()
  doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  slots.push(...(await addSlots(doctor.id, clinic, 12)))
  tess = await desk(clinic.id)
  stranger = await desk(elsewhere.id)
})

/** Somebody the desk has added. */
async function added(name: string, more: object = {}) {
  const answer = await tess.sends('post', patients.index(), {
    name,
    phone: '0117 496 0777',
    dateOfBirth: '1 3 1984',
    ...more
  })
  expect(answer.status).toBe(201)
  return answer.body.patient.id as string
}

const found = async (person: Person, q: string) => {
  const { body } = await person.asks(appointments.add({ q }))
  return body.people.found.map(({ name }: { name: string }) => name)
}

describe('somebody on the phone', () => {
  it('is added with three answers, and found by name, phone or date of birth, by their own clinic alone', async () => {
    const page = await tess.submits(patients.index(), {
      name: 'Ngozi Bello',
      phone: '0117 496 0123',
      dateOfBirth: '4 Mar 1984',
      booking: 'yes'
    })
    expect(page.status).toBe(303)
    expect(page.location).toMatch(/appointments\/new\?patientId=/)

    for (const q of ['ngoz bel', '+44 117 496-0123', '0123', '4/3/1984', 'bello 4.3.1984'])
      expect(await found(tess, q)).toEqual(['Ngozi Bello'])
    for (const q of ['ngozi ade', '0124', '3/4/1984']) expect(await found(tess, q)).toEqual([])
    for (const q of ['ngozi', '0123', '4/3/1984']) expect(await found(stranger, q)).toEqual([])
  })

  it('keeps everything typed when something is missing', async () => {
    const page = await tess.submits(patients.index(), {
      name: 'Ngozi',
      phone: '',
      dateOfBirth: '31 2 1984',
      booking: 'yes',
      timeslotId: slot(0).id
    })
    expect(page.problems).toEqual(['Enter a phone number', 'Enter a real date'])
    expect([page.field('Full name').value, page.field('Date of birth').value]).toEqual(['Ngozi', '31 2 1984'])
    expect(page.$('input[name=timeslotId]').val()).toBe(slot(0).id)
    expect([page.heading, page.text]).toEqual(['Book by phone', expect.stringContaining('09:00')])
  })

  it('is added with what was looked for, a number too, and a year of two digits will do', async () => {
    const page = await tess.opens(appointments.add({ q: 'Ola 2/3/84, 0117 496 0888' }))
    const typed = ['Full name', 'Phone number', 'Date of birth'].map(label => page.field(label).value)
    expect(typed).toEqual(['Ola', '0117 496 0888', '1984-03-02'])
    await added('Ola Short', { dateOfBirth: '2 3 84', phone: '0117 496 0889' })
    expect(await found(tess, '2 3 84 ola')).toEqual(['Ola Short'])
  })

  it('is asked for twice before a namesake is added', async () => {
    const first = await added('Ben Okri')
    const again = { name: 'ben okri', phone: '0117 496 0999', dateOfBirth: '01/03/1984', booking: 'yes' }
    const page = await tess.submits(patients.index(), again)
    expect([page.status, page.problems.length]).toEqual([422, 1])
    expect(page.links).toContain(appointments.add({ patientId: first }))
    expect((await tess.submits(patients.index(), { ...again, isSomeoneElse: 'yes' })).status).toBe(303)
    expect(await found(tess, 'okri')).toHaveLength(2)
    const other = await stranger.sends('post', patients.index(), { ...again, booking: undefined })
    expect(other.status).toBe(201)
  })
})

describe('the desk', () => {
  it('books whatever the notice and the window, and reads the reference out', async () => {
    const patientId = await added('Ada Obi')
    const offered = await tess.asks(appointments.add({ patientId }))
    expect(offered.body.times[0]).toMatchObject({
      doctor: { name: 'Dr Meera Kulkarni' },
      times: [{ timeslotId: slot(0).id }, {}, {}, {}]
    })
    const page = await tess.opens(appointments.add({ patientId, timeslotId: slot(0).id }))
    const fields = Object.fromEntries(
      page
        .$('form[method=post] input[type=hidden]')
        .get()
        .map(input => [page.$(input).attr('name'), page.$(input).val()])
    )
    expect(fields).toMatchObject({ patientId, timeslotId: slot(0).id })

    const sent = { ...fields, reason: 'Rash' }
    const booked = await tess.submits(appointments.index(), sent)
    expect((await tess.submits(appointments.index(), sent)).location).toBe(booked.location)
    expect((await tess.submits(appointments.index(), { ...sent, idempotencyKey: 'another-key' })).location).toBe(
      booked.location
    )
    const { reference, bookedById, status } = await db.appointment.findFirstOrThrow({ where: { patientId } })
    expect(status).toBe('CONFIRMED')
    const last = await tess.opens(booked.location ?? '')
    expect(last.text).toMatch(/can cancel or move it until|they ring the clinic/)
    const { id: timeslotId, startsAt } = slot(0)
    const date = startsAt.toISOString().slice(0, 10)
    expect(last.links).toContain(paths.admin.timetable({ clinicId: clinic.id, date, slot: timeslotId }))
    expect(last.text).toContain(reference)
    expect(last.text).toContain('09:00')
    expect((await db.user.findUniqueOrThrow({ where: { id: bookedById } })).role).toBe('STAFF')

    const back = await tess.opens(appointments.add({ patientId, timeslotId: slot(0).id }))
    expect(back.links).toContain(booked.location)
    expect(await db.appointment.count({ where: { patientId } })).toBe(1)
  })

  it('keeps what was typed when the time has just gone, with the nearest times', async () => {
    const [one, two] = [await added('Cai Rees'), await added('Dele Aina')]
    await tess.sends('post', appointments.index(), { patientId: one, timeslotId: slot(1).id })
    const page = await tess.submits(appointments.index(), { patientId: two, timeslotId: slot(1).id, reason: 'Cough' })
    expect([page.status, page.problems]).toEqual([422, ['Someone has just booked 09:20. Choose another time.']])
    expect(page.field('Reason').value).toBe('Cough')
    expect(page.$('input[type=radio][name=timeslotId]').length).toBe(3)
    expect(page.text).toMatch(/Nearest free times with Dr Meera Kulkarni.*Reason for the visit.*Book for Dele Aina/)
    expect(page.$('input[name=patientId]').val()).toBe(two)
    const lost = await tess.opens(appointments.add({ patientId: two, timeslotId: slot(1).id }))
    expect(lost.text).toContain('is not free any more')
    expect((await tess.sends('post', appointments.index(), { patientId: two, timeslotId: slot(1).id })).status).toBe(
      409
    )
  })

  it('books more than a patient could, but nobody twice at once, and nothing that has begun', async () => {
    const patientId = await added('Efe Ighalo')
    for (const at of [2, 3, 4, 5, 6, 7]) {
      const { status } = await tess.sends('post', appointments.index(), { patientId, timeslotId: slot(at).id })
      expect(status).toBe(201)
    }
    const other = await hireDoctor(clinic.id)
    const [busy, begun] = [
      await addSlot(other.id, clinic, { time: '09:40' }),
      await addSlot(other.id, clinic, { days: -1 })
    ]
    const twice = await tess.sends('post', appointments.index(), { patientId, timeslotId: busy.id })
    expect([twice.status, twice.body.errors[0].field]).toEqual([409, 'timeslotId'])
    const late = await tess.sends('post', appointments.index(), { patientId, timeslotId: begun.id })
    expect(late.status).toBe(422)
    const { body } = await tess.asks(appointments.add({ patientId, doctorId: other.id }))
    expect(body.times).toEqual([])
  })

  it('of several clinics says first at which, and then sees the times', async () => {
    const admin = await signedIn(app, await addUser('ADMIN'))
    const { body } = await admin.asks(appointments.add())
    expect([body.asksClinic, body.times]).toEqual([true, []])
    expect((await admin.opens(appointments.add())).text).toContain('Choose a clinic to see its free times')
    const there = await admin.asks(appointments.add({ clinicId: clinic.id }))
    expect([there.body.asksClinic, there.body.times.length > 0]).toEqual([false, true])
  })

  it('books at its own clinics for its own patients only', async () => {
    const patientId = await added('Femi Ojo')
    const theirs = await addSlot((await hireDoctor(elsewhere.id)).id, elsewhere)
    const here = { patientId, timeslotId: slot(8).id }
    expect((await stranger.sends('post', appointments.index(), here)).status).toBe(404)
    expect((await tess.sends('post', appointments.index(), { patientId, timeslotId: theirs.id })).status).toBe(422)
    const { patientId: unknown } = await registerPatient()
    expect((await tess.sends('post', appointments.index(), { ...here, patientId: unknown })).status).toBe(404)
    expect((await stranger.asks(patients.show(patientId))).status).toBe(404)
    const { body } = await tess.asks(appointments.add({ patientId, timeslotId: theirs.id }))
    expect([body.chosen, body.gone]).toEqual([null, null])
  })
})

describe('a patient of the clinic', () => {
  it('is put right without a word of it in the log, in their account too', async () => {
    const ada = await registerPatient({ name: 'Ada Smith', phone: '+44 117 496 0555' })
    const visit = {
      patientId: ada.patientId,
      doctorId: doctor.id,
      clinicId: clinic.id,
      timeslotId: slot(9).id,
      bookedById: ada.id
    }
    const { startsAt, endsAt } = slot(9)
    await db.appointment.create({
      data: { ...visit, startsAt, endsAt, status: 'BOOKED', reference: 'ADAS-MITH', feeMinor: 1, currency: 'GBP' }
    })
    expect(await found(tess, '0555')).toEqual(['Ada Smith'])

    const edited = { name: 'Ada Smythe', phone: '+44 117 496 0556', dateOfBirth: '1 3 1984' }
    expect((await tess.submits(patients.show(ada.patientId), edited)).status).toBe(303)
    expect(await db.user.findUniqueOrThrow({ where: { id: ada.id } })).toMatchObject({
      name: 'Ada Smythe',
      phone: '+44 117 496 0556'
    })
    const [event] = await db.auditEvent.findMany({ where: { subjectId: ada.patientId, event: 'patient.changed' } })
    expect(event?.data).toEqual({ changed: ['name', 'phone', 'dateOfBirth'] })
    const [account] = await db.auditEvent.findMany({ where: { subjectId: ada.id, event: 'user.changed' } })
    expect(account?.data).toEqual({ changed: ['name', 'phone'] })

    const page = await tess.opens(patients.show(ada.patientId))
    expect(page.text).toMatch(/Ada Smythe.*1 March 1984.*0556.*Dr Meera Kulkarni/)
    expect(await db.auditEvent.count({ where: { subjectId: ada.patientId, event: 'patient.viewed' } })).toBe(1)
    const { text } = await tess.bare('get', `${patients.csv({ q: 'smythe' })}`)
    expect(text.trim().split('\n')).toHaveLength(2)
  })

  it('is found by a number that thousands have who are not to be seen', async () => {
    const data = { name: 'Hal', phone: '0117 496 0888', clinicId: clinic.id }
    await db.patient.createMany({ data: Array(3000).fill({ ...data, archivedAt: new Date() }) })
    await db.patient.createMany({ data: Array(5).fill(data) })
    expect(await found(tess, '4960888')).toHaveLength(5)
  })

  it('keeps what a program does not name', async () => {
    const id = await added('Gwen Pugh')
    const { status, body } = await tess.sends('patch', patients.show(id), { name: 'Gwen Parry' })
    const known = { name: 'Gwen Parry', phone: '0117 496 0777', dateOfBirth: '1984-03-01' }
    expect([status, body.patient]).toEqual([200, expect.objectContaining(known)])
    expect((await tess.sends('patch', patients.show(id), { phone: '' })).status).toBe(422)
  })
})

it('does not change the account of somebody who works for the clinics', async () => {
  const grace = await registerPatient({ name: 'Grace Ama', phone: '+44 117 496 0600' })
  await db.user.update({ where: { id: grace.id }, data: { role: 'ADMIN' } })
  await db.patient.update({ where: { id: grace.patientId }, data: { clinicId: clinic.id } })
  const edited = { name: 'Grace Other', phone: '+44 117 496 0601', dateOfBirth: '1 3 1984' }
  expect((await tess.sends('post', patients.show(grace.patientId), edited)).body.patient).toMatchObject({
    ...edited,
    dateOfBirth: '1984-03-01'
  })
  const kept = await db.user.findUniqueOrThrow({ where: { id: grace.id } })
  expect([kept.name, kept.phone]).toEqual(['Grace Ama', '+44 117 496 0600'])
  expect(await db.auditEvent.count({ where: { subjectId: grace.id, event: 'user.changed' } })).toBe(0)
})

it('leaves a look, once, wherever the desk is shown who somebody is or why they come', async () => {
  const patientId = await added('Hana Sato')
  const { body } = await tess.sends('post', appointments.index(), {
    patientId,
    timeslotId: slot(10).id,
    reason: 'Rash'
  })
  const { id } = body.appointment
  await db.appointment.update({ where: { id }, data: { status: 'BOOKED' } })
  const looks = () => db.auditEvent.count({ where: { subjectId: patientId, event: 'patient.viewed' } })
  const shows = [
    ...[patients.show(patientId), patients.edit(patientId)],
    ...[appointments.add({ patientId }), appointments.overbooking({ patientId })],
    ...[appointments.show(id), appointments.booked(id), appointments.reschedule(id), appointments.reassignment(id)],
    ...[appointments.cancellation(id), appointments.rejection(id), appointments.room(id)]
  ]
  for (const path of shows) {
    const before = await looks()
    expect([path, (await tess.opens(path)).status, (await looks()) - before]).toEqual([path, 200, 1])
  }
  const before = await looks()
  expect((await tess.submits(patients.show(patientId))).status).toBe(422)
  expect((await looks()) - before).toBe(1)
})

it('hears of those who only chose a time that it is held, not who they are; admins can see', async () => {
  const ivy = await registerPatient({ name: 'Ivy Quince' })
  const hers = await signedIn(app, ivy)
  const time = await addSlot((await hireDoctor(elsewhere.id)).id, elsewhere, { time: '17:00' })
  const held = await hers.sends('post', paths.booking.holds.index(), { timeslotId: time.id })
  const { id } = await db.appointment.findFirstOrThrow({ where: { patientId: ivy.patientId } })
  expect(held.status).toBe(201)
  const admin = await signedIn(app, await addUser('ADMIN'))
  const seen = async (person: Person) => {
    const list = await person.asks(appointments.index({ status: 'HELD', when: 'any' }))
    const { text } = await person.bare('get', appointments.csv({ status: 'HELD', when: 'any' }))
    return [list.body.total, text.includes('Ivy Quince'), (await person.asks(appointments.show(id))).status]
  }
  expect([await seen(stranger), await seen(admin)]).toEqual([
    [0, false, 404],
    [1, true, 200]
  ])
  const date = time.startsAt.toISOString().slice(0, 10)
  const timetable = await stranger.opens(paths.admin.timetable({ clinicId: elsewhere.id, date }))
  expect([timetable.text.includes('Held until'), timetable.html.includes('Quince')]).toEqual([true, false])
  await db.appointment.update({ where: { id }, data: { status: 'EXPIRED' } })
  expect((await stranger.asks(appointments.show(id))).status).toBe(404)
})
