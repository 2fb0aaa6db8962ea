import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { users, patients } = paths.admin
const wish = { reason: 'ASKED', understood: true }
const typed = { reason: 'ASKED', understood: 'on' }
let admin: Person
let days = 2
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
  clinic = await openClinic()
  doctor = await hireDoctor(clinic.id)
})

/** Ada Obi with a child and an appointment for which she said why. */
async function ada() {
  const user = await registerPatient({ name: 'Ada Quillfeather', phone: '+44 117 496 0999' })
  const child = await lookAfter(user.id, 'Uma Quillfeather')
  await db.patient.update({ where: { id: user.patientId }, data: { allergies: 'Penicillin', address: '3 Hill' } })
  const slot = await addSlot(doctor.id, clinic, { days: ++days })
  const her = await signedIn(app, user)
  const booked = { doctorId: doctor.id, timeslotId: slot.id, reason: 'Itchy scales' }
  const { body } = await her.sends('post', paths.booking.appointments.index(), booked)
  const appointment: string = body.appointment.id
  const cancel = () =>
    her.sends('patch', paths.booking.appointments.show(appointment), { status: 'CANCELLED', reason: 'Scales are gone' })
  return { ...user, her, child, appointment, cancel }
}

const erase = (id: string, data: object = wish) => admin.sends('post', users.erasure(id), { ...data })
/** All that is kept of an account, its people and their appointments, and the whole log. */
const everything = async (id: string) => {
  const [user, patients, events] = await Promise.all([
    db.user.findMany({ where: { id }, include: { notices: true, invitations: true } }),
    db.patient.findMany({ where: { accountId: id }, include: { appointments: true } }),
    db.auditEvent.findMany()
  ])
  return JSON.stringify([user, patients, events], (_, value) => (typeof value === 'bigint' ? Number(value) : value))
}

describe('erasing somebody', () => {
  it('waits until nothing is to come, and shows what', async () => {
    const { id, appointment, cancel } = await ada()
    const page = await admin.opens(users.erasure(id))
    expect([page.text, page.links, page.$('main form').length]).toEqual([
      expect.stringContaining('one appointment to come'),
      expect.arrayContaining([paths.admin.appointments.show(appointment)]),
      0
    ])
    expect((await erase(id)).body.detail).toContain('one appointment to come')
    await cancel()
    expect((await admin.opens(users.erasure(id))).$('main form').length).toBe(1)
  })

  it('asks why, and that it is meant', async () => {
    const { id } = await registerPatient()
    const page = await admin.submits(users.erasure(id))
    expect([page.status, page.problems]).toEqual([422, ['Choose why', 'Tick the box to go on']])
  })

  it('replaces who they and theirs are; the skeleton, what doctors wrote and the reason stay', async () => {
    const { id, email, her, child, appointment, patientId, cancel } = await ada()
    await cancel()
    const written = { recordedById: doctor.userId, text: 'Eczema since childhood' }
    await db.historyEntry.create({ data: { patientId, ...written } })
    await admin.sends('post', users.reset(id))

    expect((await erase(id)).body.account).toMatchObject({ name: 'Erased', email: '', phone: null, state: 'ERASED' })
    expect(await everything(id)).not.toMatch(/Quillfeather|0999|Itchy|Scales|Penicillin|3 Hill/)
    expect(await db.historyEntry.count({ where: written })).toBe(1)
    const kept = await db.user.findUniqueOrThrow({ where: { id }, include: { invitations: true } })
    expect([kept.erasureReason, kept.passwordHash, kept.invitations]).toEqual(['ASKED', null, []])
    expect(kept.email).toMatch(/@erased\.invalid$/)
    expect((await db.patient.findUniqueOrThrow({ where: { id: child.id } })).dateOfBirth).toBeNull()

    const shown = await admin.opens(paths.admin.appointments.show(appointment))
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('Erased')])
    expect((await admin.opens(users.show(id))).text).toContain('They asked for it')
    expect((await her.asks(paths.auth.account())).status).toBe(401)
    const again = { email, name: 'Ada Q', password: 'copper lantern tuesday' }
    expect((await visitor(app).sends('post', paths.auth.register(), again)).status).toBe(201)
    const event = await db.auditEvent.findFirstOrThrow({ where: { event: 'user.erased' } })
    expect(event.data).toEqual({ reason: 'ASKED', patientIds: expect.arrayContaining([patientId, child.id]) })
  })

  it('is final', async () => {
    const { id } = await registerPatient()
    await erase(id)
    const final = [
      users.erasure(id),
      users.reset(id),
      users.invitation(id),
      users.activation(id),
      users.deactivation(id)
    ]
    for (const path of final) expect([path, (await admin.sends('post', path)).status]).toEqual([path, 422])
    expect((await admin.sends('patch', users.show(id), { name: 'Somebody' })).status).toBe(422)
    for (const path of [users.erasure(id), users.deactivation(id)])
      expect((await admin.opens(path)).location).toBe(users.show(id))
    const again = await admin.submits(users.erasure(id), typed)
    expect([again.status, again.problems]).toEqual([422, [expect.stringContaining('is erased')]])
  })

  it('is not for oneself nor for a doctor; a colleague can be erased', async () => {
    const self = (await admin.asks('/auth/session')).body.user.id
    expect((await erase(self)).body.detail).toContain('your own account')
    expect((await erase(doctor.userId)).body.detail).toContain('records that must be kept')
    expect((await erase((await addUser('STAFF')).id)).status).toBe(200)
  })
})

describe('erasing a patient without an account', () => {
  it('is done from the patient’s page, by admins, when nothing is to come', async () => {
    const said = { name: 'Ngozi Quill', phone: '+44 117 496 0888', dateOfBirth: new Date('1984-03-04') }
    const { id } = await db.patient.create({ data: { ...said, clinicId: clinic.id } })
    const { id: timeslotId } = await addSlot(doctor.id, clinic, { days: ++days })
    const booked = await admin.sends('post', paths.admin.appointments.index(), { patientId: id, timeslotId })
    expect(booked.status).toBe(201)
    expect((await admin.opens(patients.show(id))).links).toContain(patients.erasure(id))
    expect((await admin.opens(patients.erasure(id))).$('main form').length).toBe(0)
    expect((await admin.submits(patients.erasure(id), typed)).problems).toEqual([
      expect.stringContaining('one appointment to come')
    ])

    const cancellation = paths.admin.appointments.cancellation(booked.body.appointment.id)
    await admin.sends('post', cancellation, { reason: 'Asked to' })
    expect((await admin.opens(patients.erasure(id))).$('main form').length).toBe(1)
    expect((await admin.submits(patients.erasure(id), typed)).location).toBe(patients.index())
    const kept = await db.patient.findUniqueOrThrow({ where: { id } })
    expect(kept).toMatchObject({ name: 'Erased', phone: null, dateOfBirth: null })
    expect((await admin.asks(patients.show(id))).status).toBe(404)
    expect((await db.auditEvent.findFirstOrThrow({ where: { event: 'patient.erased', subjectId: id } })).data).toEqual({
      reason: 'ASKED'
    })
  })

  it('is refused of somebody who has one', async () => {
    const { patientId } = await registerPatient()
    expect((await admin.opens(patients.show(patientId))).links).not.toContain(patients.erasure(patientId))
    const page = await admin.opens(patients.erasure(patientId))
    expect([page.text, page.$('main form').length]).toEqual([expect.stringContaining('has an account'), 0])
    expect((await admin.sends('post', patients.erasure(patientId), wish)).status).toBe(422)
  })
})
