import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import type { AppointmentStatus } from '../../src/generated/enums.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, openClinicByDay } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { hireDoctor, registerPatient } from '../support/world.ts'

const app = serveApp()
const { patients, appointments, notes } = paths.doctor
let clinic: Awaited<ReturnType<typeof openClinicByDay>>
let doctorId: string
let heartId: string
let meera: Person
let tunde: Person
let count = 0

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  const [skin, heart] = [await hireDoctor(clinic.id), await hireDoctor(clinic.id, { specialization: 'Cardiology' })]
  ;[doctorId, heartId] = [skin.id, heart.id]
  ;[meera, tunde] = [await signedIn(app, skin.user), await signedIn(app, heart.user)]
})

/** Somebody with one visit to a doctor, at a time that nobody else has. */
async function seen(
  days: number,
  status: AppointmentStatus,
  by = doctorId,
  patient?: Awaited<ReturnType<typeof registerPatient>>
) {
  const who = patient ?? (await registerPatient())
  const time = `${String(6 + Math.floor(++count / 6)).padStart(2, '0')}:${(count % 6) * 10 || '00'}`
  const visit = await addVisit({ clinic, doctorId: by, patient: who, time, days, status, reason: `Reason ${count}.` })
  return { ...who, visit: visit.id, reason: visit.reason ?? '' }
}

const looks = (id: string) => db.auditEvent.count({ where: { event: 'patient.viewed', subjectId: id } })

describe('a patient’s record', () => {
  it.each<[number, AppointmentStatus, number]>([
    [3, 'BOOKED', 200],
    [2, 'CONFIRMED', 200],
    [0, 'CHECKED_IN', 200],
    [-364, 'COMPLETED', 200],
    [-366, 'COMPLETED', 404],
    [-400, 'BOOKED', 404],
    [3, 'CANCELLED', 404],
    [-3, 'NO_SHOW', 404]
  ])('%i days from now, %s: answers %i, and every look is written down once', async (days, status, answer) => {
    const { patientId } = await seen(days, status)
    expect((await meera.opens(patients.show(patientId))).status).toBe(answer)
    expect(await looks(patientId)).toBe(answer === 200 ? 1 : 0)
    expect((await meera.asks(patients.show(patientId))).status).toBe(answer)
    expect(await looks(patientId)).toBe(answer === 200 ? 2 : 0)
    expect((await tunde.opens(patients.show(patientId))).status).toBe(404)
    expect(await looks(patientId)).toBe(answer === 200 ? 2 : 0)
  })

  it('is looked at on the page of a visit too, which tells of allergies and notes', async () => {
    const { patientId, visit } = await seen(0, 'CHECKED_IN')
    await meera.opens(appointments.show(visit))
    await meera.opens(appointments.notes(visit))
    expect(await looks(patientId)).toBe(2)
  })

  it('says allergies first and aloud, or that there are none on record', async () => {
    const { patientId } = await seen(0, 'CHECKED_IN')
    const none = await meera.opens(patients.show(patientId))
    expect(none.text).toContain('No allergies recorded')
    expect(none.$('h2').first().text()).not.toBe('Allergies')

    await db.patient.update({ where: { id: patientId }, data: { allergies: 'Penicillin' } })
    const page = await meera.opens(patients.show(patientId))
    expect([page.title, page.$('h2').first().text()]).toEqual(['Patient record – Docket', 'Allergies'])
    expect((await meera.opens(appointments.show((await seen(0, 'CHECKED_IN')).visit))).text).toContain('No allergies')
  })

  it('tells what was at this doctor’s visits, and of others only day, field and clinic', async () => {
    const patient = await seen(-2, 'COMPLETED')
    const other = await seen(-9, 'COMPLETED', heartId, patient)
    await tunde.submits(appointments.notes(other.visit), { text: 'Murmur, second degree' })
    await meera.submits(appointments.notes(patient.visit), { text: 'Dry skin' })
    const page = await meera.opens(patients.show(patient.patientId))
    for (const words of [patient.reason, 'Dry skin', 'Cardiology']) expect(page.text).toContain(words)
    const { body } = await meera.asks(patients.show(patient.patientId))
    for (const told of [page.html, JSON.stringify(body)]) {
      expect(told).not.toContain('Murmur')
      expect(told).not.toContain(other.reason)
    }
    expect(body.elsewhere).toEqual([{ on: expect.any(String), specialization: 'Cardiology', clinic: 'Harbour Clinic' }])
  })

  it('takes a line of history once, and a date that was', async () => {
    const { patientId } = await seen(0, 'CHECKED_IN')
    const future = await meera.submits(patients.history(patientId), { text: 'Gout', since: '2999-01-01' })
    expect([future.status, future.problems, future.field('What should').value]).toEqual([
      422,
      ['Enter a date in the past'],
      'Gout'
    ])
    for (let twice = 0; twice < 2; twice++)
      expect((await meera.submits(patients.history(patientId), { text: 'Gout', since: '2011-04-05' })).status).toBe(303)
    expect((await meera.opens(patients.show(patientId))).text).toMatch(
      /Gout Since 5 April 2011 · written down by Dr Meera/
    )
    expect(await db.historyEntry.count({ where: { patientId } })).toBe(1)
  })
})

describe('allergies', () => {
  it('are said by the account holder, stay when a form leaves them out, and are corrected by the doctor', async () => {
    const patient = await seen(0, 'CHECKED_IN')
    const ada = await signedIn(app, patient)
    const at = paths.booking.patients.show(patient.patientId)
    const known = { name: 'Ada Obi', dateOfBirth: '1990-01-01' }
    expect((await ada.sends('post', at, { ...known, allergies: 'Nuts' })).body.patient.allergies).toBe('Nuts')
    expect((await ada.sends('post', at, known)).body.patient.allergies).toBe('Nuts')
    const form = await ada.opens(paths.booking.patients.edit(patient.patientId))
    expect(form.field('Allergies').value).toBe('Nuts')

    const correction = { allergies: 'Nuts, latex', allergiesWere: 'Nuts' }
    expect((await meera.submits(patients.allergies(patient.patientId), correction)).status).toBe(303)
    const late = await ada.submits(at, { ...known, allergies: '', allergiesWere: 'Nuts' })
    expect(late.problems[0]).toMatch(/They now say: Nuts, latex/)
    expect(await db.patient.findUnique({ where: { id: patient.patientId } })).toMatchObject({
      allergies: 'Nuts, latex'
    })
  })
})

describe('a visit note', () => {
  it('is written once the patient is there, and not before', async () => {
    const early = await meera.opens(appointments.notes((await seen(2, 'BOOKED')).visit))
    expect([early.status, early.problems]).toEqual([422, ['This can be written once the patient has been checked in.']])
    const gone = await meera.submits(appointments.notes((await seen(-2, 'NO_SHOW')).visit), { text: 'x' })
    expect(gone.problems[0]).toMatch('did not take place')
    const empty = await meera.submits(appointments.notes((await seen(0, 'CHECKED_IN')).visit), { text: ' ' })
    expect([empty.status, empty.problems]).toEqual([422, ['Write the note']])
  })

  it('is there once however often it is sent; the patient reads it when it is shared, later too', async () => {
    const patient = await seen(-1, 'COMPLETED')
    const ada = await signedIn(app, patient)
    const at = paths.booking.appointments.show(patient.visit)
    const { body } = await meera.sends('post', appointments.notes(patient.visit), { text: 'Dry\nskin' })
    await meera.submits(appointments.notes(patient.visit), { text: 'Dry\nskin', share: 'on' })
    expect((await ada.opens(at)).text).not.toContain('From your doctor')
    expect((await ada.asks(at)).body.notes).toEqual([])

    for (let twice = 0; twice < 2; twice++) expect((await meera.submits(notes.sharing(body.note.id))).status).toBe(303)
    expect((await ada.opens(at)).text).toMatch(/From your doctor Note Dr Meera .* Dry skin/)
    const told = await db.auditEvent.findMany({
      where: { subjectType: 'note', subjectId: body.note.id },
      orderBy: { id: 'asc' }
    })
    expect(told.map(({ event }) => event)).toEqual(['note.written', 'note.shared'])
    expect(JSON.stringify(told.map(({ data }) => data))).not.toMatch(/Dry|skin/)
  })
})
