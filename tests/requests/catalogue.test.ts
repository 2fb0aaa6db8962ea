import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { rooms, specializations, symptoms, doctors } = paths.admin
let quay: Awaited<ReturnType<typeof openClinic>>
let hill: Awaited<ReturnType<typeof openClinic>>
let admin: Person
let tess: Person

beforeAll(async () => {
  quay = await openClinic({ name: 'Quay Clinic', city: 'Bristol' })
  hill = await openClinic({ name: 'Hill Clinic', city: 'York' })
  await hireDoctor(quay.id)
  admin = await signedIn(app, await addUser('ADMIN'))
  const staff = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: staff.id, clinicId: quay.id } })
  tess = await signedIn(app, staff)
})

const add = async (path: string, said: object) => {
  const { status, body } = await admin.sends('post', path, { ...said })
  expect(status, JSON.stringify(body)).toBe(201)
  return (Object.values(body)[0] as { id: string }).id
}
const names = async (person: Person, path: string, list: string) =>
  (await person.asks(path)).body[list].map(({ name }: { name: string }) => name)
const lines = async (person: Person, path: string) =>
  (await person.opens(path)).html
    .replace(/[\ufeff"]/g, '')
    .trim()
    .split('\r\n')
const lastEvent = (event: string) => db.auditEvent.findFirst({ where: { event }, orderBy: { id: 'desc' } })
const words = (answer: { body: { errors: { message: string }[] } }) => answer.body.errors.map(({ message }) => message)

describe('rooms', () => {
  beforeAll(async () => {
    for (const name of ['Room 10', 'Room 2']) await add(rooms.index(), { clinicId: quay.id, name })
    await add(rooms.index(), { clinicId: hill.id, name: 'Attic' })
  })

  it('are listed as people count, narrowed, ordered, and the same as a file', async () => {
    expect(await names(admin, rooms.index(), 'rooms')).toEqual(['Attic', 'Room 2', 'Room 10'])
    expect(await names(admin, rooms.index({ sort: '-name' }), 'rooms')).toEqual(['Room 10', 'Room 2', 'Attic'])
    expect(await names(admin, rooms.index({ q: 'york' }), 'rooms')).toEqual(['Attic'])
    expect((await lines(admin, rooms.csv({ q: 'room' }))).slice(1)).toEqual([
      'Room 2,Quay Clinic,Bristol,In use',
      'Room 10,Quay Clinic,Bristol,In use'
    ])
    expect((await admin.opens(rooms.index({ q: 'cellar' }))).text).toContain('Nothing matches')
  })

  it('of other clinics the front desk never sees, and its own it only reads', async () => {
    expect(await names(tess, rooms.index(), 'rooms')).toEqual(['Room 2', 'Room 10'])
    expect(await names(tess, rooms.index({ clinicId: hill.id }), 'rooms')).toEqual([])
    expect((await lines(tess, rooms.csv())).join()).not.toContain('Attic')
    const page = await tess.opens(rooms.index())
    expect(page.links.some(link => link?.startsWith(rooms.add()))).toBe(false)
    expect(page.text).not.toContain('Hill Clinic')
  })

  it('have one name each in a clinic, and say before and after when it changes', async () => {
    const id = await add(rooms.index(), { clinicId: quay.id, name: 'Lab' })
    const taken = await admin.submits(rooms.index(), { clinicId: quay.id, name: 'room 2' })
    expect([taken.status, taken.problems]).toEqual([422, ['The clinic has a room of this name already']])
    expect(taken.field('Name of the room').value).toBe('room 2')
    expect((await admin.submits(rooms.show(id), { name: 'Laboratory' })).location).toBe(rooms.show(id))
    expect(await lastEvent('room.changed')).toMatchObject({ data: { changes: { name: ['Lab', 'Laboratory'] } } })
    await admin.submits(rooms.deactivation(id))
    const again = await admin.sends('post', rooms.index(), { clinicId: quay.id, name: 'LABORATORY' })
    expect(words(again)).toEqual(['The clinic has a room of this name already, deactivated. Activate it instead'])
    expect(await names(admin, rooms.index({ state: 'inactive' }), 'rooms')).toEqual(['Laboratory'])
  })
})

describe('specializations and symptoms', () => {
  let podiatry: string
  let feet: string

  beforeAll(async () => {
    podiatry = await add(specializations.index(), { name: 'Podiatry' })
    feet = await add(symptoms.index(), { name: 'Sore feet', advice: 'Rest.', specializationIds: [podiatry] })
  })

  it('are listed with what refers to them, narrowed, ordered, and the same as a file', async () => {
    const order = specializations.index({ sort: '-symptoms' })
    expect((await names(admin, order, 'specializations'))[0]).toBe('Podiatry')
    expect((await lines(admin, specializations.csv({ q: 'podi' })))[1]).toBe('Podiatry,0,1,In use')
    expect(await names(admin, symptoms.index({ specializationId: podiatry }), 'symptoms')).toEqual(['Sore feet'])
    expect(await names(admin, symptoms.index({ urgency: 'emergency' }), 'symptoms')).toEqual([])
    expect((await lines(admin, symptoms.csv()))[1]).toBe('Sore feet,Not an emergency,Podiatry,Rest.,In use')
    expect((await admin.opens(specializations.show(podiatry))).links).toContain(
      symptoms.index({ specializationId: podiatry })
    )
  })

  it('have names of their own, however they are written', async () => {
    const page = await admin.submits(specializations.index(), { name: 'PODIATRY' })
    expect([page.status, page.problems]).toEqual([422, ['There is one of this name already']])
    expect(words(await admin.sends('patch', symptoms.show(feet), { name: ' ' }))).toEqual(['Enter what patients feel'])
    await admin.sends('patch', symptoms.show(feet), { isEmergency: true, advice: 'Sit down.' })
    expect((await lastEvent('symptom.changed'))?.data).toEqual({
      changes: { advice: ['Rest.', 'Sit down.'], isEmergency: [false, true] }
    })
  })

  it('are offered to nobody once they are deactivated; what refers to them stays', async () => {
    const finder = paths.booking.symptoms({ symptomIds: [feet] })
    await admin.sends('post', specializations.deactivation(podiatry))
    expect((await visitor(app).asks(finder)).body).toMatchObject({ chosen: [{ id: feet }], specializations: [] })
    expect((await admin.opens(doctors.add())).text).not.toContain('Podiatry')
    expect((await admin.opens(symptoms.edit(feet))).text).toContain('Podiatry')
    const said = {
      name: 'Dr Ida Ek',
      email: 'ida@docket.example',
      licenceNumber: 'P-1',
      yearsOfExperience: 3,
      feeMinor: 1
    }
    const wish = { ...said, specialization: 'OTHER', otherSpecialization: 'podiatry', clinicIds: [quay.id] }
    expect(words(await admin.sends('post', doctors.index(), wish))[0]).toContain('This specialization is deactivated')
    await admin.sends('post', symptoms.deactivation(feet))
    expect((await visitor(app).asks(finder)).body).toMatchObject({ symptoms: [], chosen: [] })
    await admin.sends('post', symptoms.activation(feet))
    expect((await visitor(app).asks(finder)).body.symptoms).toHaveLength(1)
  })
})
