import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlots, hireDoctor, lookAfter, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { patients, appointments } = paths.booking
let ada: Person
let ben: Person

beforeAll(async () => {
  ada = await signedIn(app, await registerPatient({ name: 'Ada Obi' }))
  ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
})

const uma = {
  name: 'Uma Obi',
  'dateOfBirth.day': '1',
  'dateOfBirth.month': '3',
  'dateOfBirth.year': '2020',
  relation: 'CHILD'
}
const idOfUma = async () => {
  const { body } = await ada.asks(patients.index())
  return body.patients.find(({ name }: { name: string }) => name.startsWith('Uma')).id as string
}

describe('someone looked after', () => {
  it('is added in three parts of a date, and listed after oneself', async () => {
    const page = await ada.submits(patients.index(), uma)
    expect([page.status, page.location]).toEqual([303, patients.index()])
    expect((await ada.asks(patients.index())).body.patients).toMatchObject([
      { name: 'Ada Obi', relation: 'SELF' },
      { name: 'Uma Obi', relation: 'CHILD', dateOfBirth: '2020-03-01' }
    ])
  })

  it('is added also when the time being booked has gone meanwhile', async () => {
    const tim = { ...uma, name: 'Tim Obi', hold: randomUUID() }
    expect((await ben.submits(patients.index(), tim)).location).toBe(patients.index())
    const added = await ben.sends('post', patients.index(), tim)
    expect([added.status, added.headers.location]).toEqual([201, patients.index()])
  })

  it.each([
    [{ 'dateOfBirth.day': '30', 'dateOfBirth.month': '2' }, 'Enter a real date'],
    [{ 'dateOfBirth.year': '2999' }, 'Enter a date in the past'],
    [{ 'dateOfBirth.day': '', 'dateOfBirth.month': '', 'dateOfBirth.year': '' }, 'Enter a date of birth'],
    [{ relation: 'SELF' }, 'Choose who this person is to you'],
    [{ name: '' }, 'Enter a full name']
  ])('is not added with %j', async (wrong, message) => {
    const page = await ada.submits(patients.index(), { ...uma, ...wrong })
    expect([page.status, page.problems]).toEqual([422, [message]])
  })

  it('is nobody to another account', async () => {
    const id = await idOfUma()
    expect((await ben.opens(patients.edit(id))).status).toBe(404)
    expect((await ben.submits(patients.show(id), uma)).status).toBe(404)
    expect((await ben.sends('post', patients.removal(id))).status).toBe(404)

    const clinic = await openClinic()
    const doctor = await hireDoctor(clinic.id)
    const [slot] = await addSlots(doctor.id, clinic, 1)
    const wish = { doctorId: doctor.id, timeslotId: slot?.id, patientId: id }
    expect([404, 422]).toContain((await ben.sends('post', appointments.index(), wish)).status)

    const booked = await ada.sends('post', appointments.index(), wish)
    expect([booked.status, booked.body.appointment?.patient.name]).toEqual([201, 'Uma Obi'])
    expect((await ada.sends('post', patients.removal(id))).status).toBe(422)
  })

  it('is no longer offered once removed, and oneself can’t be', async () => {
    const { body } = await ada.asks(appointments.index())
    const cancel = { reason: 'Better now' }
    expect((await ada.sends('post', appointments.cancellation(body.appointments[0].id), cancel)).status).toBe(200)
    expect((await ada.submits(patients.removal(await idOfUma()))).location).toBe(patients.index())

    const left = (await ada.asks(patients.index())).body.patients
    expect(left).toHaveLength(1)
    expect((await ada.sends('post', patients.removal(left[0].id))).status).toBe(422)
  })

  it('can be removed when a visit is past that nobody said anything about', async () => {
    const cleo = await registerPatient({ name: 'Cleo Obi' })
    const { id } = await lookAfter(cleo.id, 'Kit Obi')
    const clinic = await openClinic()
    const { id: doctorId } = await hireDoctor(clinic.id)
    await addVisit({ clinic, doctorId, patient: { id: cleo.id, patientId: id }, time: '09:00', days: -1 })
    expect((await (await signedIn(app, cleo)).sends('post', patients.removal(id))).status).toBe(204)
  })
})
