import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient, workAt } from '../support/world.ts'

const app = serveApp()
const { appointments } = paths.admin

let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let tess: Person
let stranger: Person
const date = (days = 2) => Temporal.Now.plainDateISO('Europe/London').add({ days }).toString()

beforeAll(async () => {
  clinic = await openClinic()
  const elsewhere = await openClinic()
  doctor = await hireDoctor([clinic.id, elsewhere.id])
  const there = await addSlot(doctor.id, elsewhere, { days: 3, time: '15:00' })
  expect(there.isExtra).toBe(false)
  const { dayOfWeek } = Temporal.PlainDate.from(date(300))
  await workAt(doctor.id, elsewhere.id, dayOfWeek, { startMinutes: 420, endMinutes: 480 })
  for (const { id } of [clinic, elsewhere]) {
    const user = await addUser('STAFF')
    await db.staffClinic.create({ data: { userId: user.id, clinicId: id } })
    const person = await signedIn(app, user)
    if (id === clinic.id) tess = person
    else stranger = person
  }
})

const someone = async (clinicId = clinic.id) => {
  const said = { name: 'Ada Obi', phone: '0117 496 0777', clinicId, dateOfBirth: new Date('1984-03-01') }
  return (await db.patient.create({ data: said })).id
}

const squeeze = async (time: string, said: object = {}, person = tess) =>
  person.sends('post', appointments.overbooking(), {
    ...{ patientId: await someone(), doctorId: doctor.id, date: date(), time, minutes: 15, reason: 'Bleeding' },
    ...said
  })

const slotOf = async (id: string) =>
  (await db.appointment.findUniqueOrThrow({ where: { id }, include: { timeslot: true } })).timeslot

describe('to squeeze somebody in', () => {
  it('makes an extra time on top of a regular one, which the team sees and nobody is offered', async () => {
    const taken = await addSlot(doctor.id, clinic, { time: '10:00' })
    const { patientId } = await registerPatient()
    await db.patient.update({ where: { id: patientId }, data: { clinicId: clinic.id } })
    await tess.sends('post', appointments.index(), { patientId, timeslotId: taken.id })
    const answer = await squeeze('10:05')
    expect(answer.status).toBe(201)
    const { id, timeslotId } = answer.body.appointment
    expect(answer.body.appointment.extra).toEqual({ reason: 'Bleeding' })
    expect(await slotOf(id)).toMatchObject({ isExtra: true, extraReason: 'Bleeding', withdrawnAt: null })

    const page = await tess.opens(appointments.show(id))
    expect(page.text).toMatch(/Extra.*Bleeding/)
    expect((await tess.opens(appointments.index())).text).toContain('Extra')
    const [event] = await db.auditEvent.findMany({
      where: { appointmentId: id, event: { not: 'appointment.confirmed' } }
    })
    expect([event?.event, JSON.stringify(event?.data)]).toEqual(['appointment.overbooked', '{}'])
    const { body } = await tess.asks(paths.booking.doctors.timeslots(doctor.id, { date: date() }))
    expect(body.timeslots.map((slot: { id: string }) => slot.id)).not.toContain(timeslotId)
    const wanted = await tess.sends('post', appointments.index(), { patientId: await someone(), timeslotId })
    expect(wanted.status).toBe(409)
  })

  it.each([
    ['where somebody is squeezed in already', '10:10', {}, 409, 'time'],
    ['without saying why', '11:00', { reason: ' ' }, 422, 'reason'],
    ['in the past', '09:00', { date: date(-1) }, 422, 'time'],
    ['at no length', '11:00', { minutes: 0 }, 422, 'minutes'],
    ['while the doctor is at another clinic', '15:00', { date: date(3) }, 422, 'time'],
    [
      'while the doctor’s hours at another clinic ask for it, published or not',
      '07:30',
      { date: date(300) },
      422,
      'time'
    ],
    ['in a year that was mistyped', '09:00', { date: date(366) }, 422, 'date']
  ])('is refused %s', async (_, time, said, status, field) => {
    const answer = await squeeze(time, said)
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field])
  })

  it('is refused while the doctor is away, the clinic is closed, or the patient is with somebody else', async () => {
    const from = new Date(`${date(4)}T00:00:00Z`)
    const until = new Date(`${date(5)}T00:00:00Z`)
    await db.timeOff.create({ data: { doctorId: doctor.id, startsAt: from, endsAt: until } })
    await db.closure.create({
      data: { clinicId: clinic.id, startsOn: new Date(date(6)), endsOn: new Date(date(6)), reason: '' }
    })
    const away = await squeeze('11:00', { date: date(4) })
    expect(away.body.detail).toContain('away')
    const closed = await squeeze('11:00', { date: date(6) })
    expect(closed.body.detail).toContain('closed')
    const patientId = await someone()
    expect((await squeeze('12:00', { patientId })).status).toBe(201)
    const other = await hireDoctor(clinic.id)
    const busy = await squeeze('12:05', { patientId, doctorId: other.id })
    expect([busy.status, busy.body.errors[0].field]).toEqual([409, 'time'])
  })

  it('is for those who work there, and keeps all that was typed', async () => {
    expect((await squeeze('13:00', {}, stranger)).status).toBe(404)
    const typed = {
      patientId: await someone(),
      doctorId: doctor.id,
      date: date(),
      time: '13:00',
      minutes: '10',
      reason: ''
    }
    const page = await tess.submits(appointments.overbooking(), typed)
    expect(page.problems).toEqual(['Say in a few words why it can’t wait'])
    expect([page.field('Start').value, page.field('Length').value]).toEqual(['13:00', '10'])
  })

  it('is done once by a double click', async () => {
    const twice = { patientId: await someone(), idempotencyKey: 'one-squeeze' }
    const answers = await Promise.all([1, 2, 3].map(() => squeeze('14:00', twice)))
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.appointment?.id}`)).size).toBe(1)

    const others = [await squeeze('14:00', { ...twice, patientId: await someone() }), await squeeze('14:20', twice)]
    expect(others.map(({ status, body }) => [status, body.errors[0].field])).toEqual(Array(2).fill([409, null]))
  })

  it.each(['cancelled', 'moved', 'given away'])('leaves no extra time behind when it is %s', async how => {
    const at = { cancelled: '16:00', moved: '16:30', 'given away': '17:00' }[how] ?? ''
    const { id } = (await squeeze(at)).body.appointment
    const extra = await slotOf(id)
    const other = how === 'moved' ? doctor : await hireDoctor(clinic.id)
    const { id: timeslotId } = await addSlot(other.id, clinic, { time: at, days: 7 })
    const paths = {
      cancelled: appointments.cancellation(id),
      moved: appointments.reschedule(id),
      'given away': appointments.reassignment(id)
    }
    const answer = await tess.sends(
      'post',
      paths[how as keyof typeof paths],
      how === 'cancelled' ? { reason: 'Better' } : { timeslotId }
    )
    expect(answer.status).toBe(200)
    const left = await db.timeSlot.findUniqueOrThrow({ where: { id: extra.id } })
    expect(left.withdrawnAt).not.toBeNull()
    // What was typed of somebody can be found from their appointments, or is gone.
    expect(left.extraReason).toBe(how === 'cancelled' ? 'Bleeding' : '')
    expect((await squeeze(at)).status).toBe(201)
  })
})

describe('whoever is squeezed in', () => {
  it('is confirmed, in the doctor’s own room when that is free, and never in another doctor’s', async () => {
    const at = await openClinic()
    const [own, theirs] = await Promise.all(['1', '2'].map(name => db.room.create({ data: { clinicId: at.id, name } })))
    const [meera, sara] = [await hireDoctor(at.id), await hireDoctor(at.id)]
    const slot = await addSlot(meera.id, at, { time: '10:00' })
    const other = await addSlot(sara.id, at, { time: '10:00' })
    await db.timeSlot.update({ where: { id: slot.id }, data: { roomId: own?.id ?? null } })
    await db.timeSlot.update({ where: { id: other.id }, data: { roomId: theirs?.id ?? null } })
    const admin = await signedIn(app, await addUser('ADMIN'))
    const put = async (time: string) => {
      const { body } = await squeeze(time, { doctorId: meera.id, patientId: await someone(at.id) }, admin)
      return db.appointment.findUniqueOrThrow({ where: { id: body.appointment.id } })
    }
    expect(await put('10:00')).toMatchObject({ roomId: own?.id, status: 'CONFIRMED' })
    expect(await put('11:00')).toMatchObject({ roomId: own?.id })
    await admin.sends('post', appointments.index(), { patientId: await someone(at.id), timeslotId: other.id })
    await db.timeSlot.update({ where: { id: slot.id }, data: { roomId: theirs?.id ?? null } })
    expect((await put('10:15')).roomId).toBeNull()
  })
})

describe('another doctor', () => {
  it('gets the appointment at a time of theirs, those of the same field offered first', async () => {
    const here = await openClinic()
    await db.staffClinic.create({
      data: {
        userId: (await db.user.findFirstOrThrow({ where: { role: 'STAFF' }, orderBy: { createdAt: 'asc' } })).id,
        clinicId: here.id
      }
    })
    const [present, near, same] = [
      await hireDoctor(here.id, { name: 'Dr Meera', feeMinor: 5000 }),
      await hireDoctor(here.id, { name: 'Dr Cardio', specialization: 'Cardiology' }),
      await hireDoctor(here.id, { name: 'Dr Sara', feeMinor: 9900 })
    ]
    const slot = await addSlot(present.id, here, { time: '10:00' })
    await addSlot(near.id, here, { time: '10:00' })
    const to = await addSlot(same.id, here, { time: '10:00', days: 3 })
    const patientId = await someone()
    const { body } = await tess.sends('post', appointments.index(), { patientId, timeslotId: slot.id })
    const { id, reference, startsAt } = body.appointment
    const reassignment = appointments.reassignment(id)

    const choice = await tess.asks(reassignment)
    expect(choice.body.others.map(({ doctor }: { doctor: { name: string } }) => doctor.name)).toEqual([
      'Dr Sara',
      'Dr Cardio'
    ])
    const asked = await tess.opens(reassignment)
    expect(asked.text).toMatch(/0117 496 0777.*Dr Sara.*Doctors of other fields.*Dr Cardio/)
    expect(asked.$('details .slot-group').length).toBe(1)
    const seen = { present: startsAt, presentDoctorId: present.id }
    expect(
      (await tess.sends('post', reassignment, { timeslotId: to.id, ...seen, presentDoctorId: near.id })).status
    ).toBe(409)
    expect((await stranger.sends('post', reassignment, { timeslotId: to.id })).status).toBe(404)
    const done = await tess.submits(reassignment, { timeslotId: to.id, ...seen })
    expect([done.status, done.location]).toEqual([303, appointments.show(id)])

    const row = await db.appointment.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ doctorId: same.id, timeslotId: to.id, reference, feeMinor: 5000 })
    const event = await db.auditEvent.findFirstOrThrow({
      where: { appointmentId: id, event: 'appointment.reassigned' }
    })
    expect(event.data).toMatchObject({ fromDoctorId: present.id, toDoctorId: same.id, from: startsAt })
    expect((await tess.opens(appointments.show(id))).text).toMatch(/Dr Meera → .* Dr Sara/)
    expect((await tess.sends('post', reassignment, { timeslotId: to.id })).status).toBe(422)
  })
})
