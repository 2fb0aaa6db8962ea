import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { clinics, doctors, closures } = paths.admin
let quay: Awaited<ReturnType<typeof openClinic>>
let hill: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let admin: Person
let tess: Person

beforeAll(async () => {
  quay = await openClinic({ name: 'Quay Clinic', city: 'Bristol' })
  hill = await openClinic({ name: 'Hill Clinic', city: 'York' })
  meera = await hireDoctor(quay.id, { name: 'Dr Meera Kulkarni', specialization: 'Dermatology' })
  await hireDoctor(hill.id, { name: 'Dr Bo Lind', specialization: 'Cardiology' })
  admin = await signedIn(app, await addUser('ADMIN'))
  const staff = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: staff.id, clinicId: quay.id } })
  tess = await signedIn(app, staff)
})

const names = async (person: Person, path: string, list: string) =>
  (await person.asks(path)).body[list].map(({ name }: { name: string }) => name)
const lines = async (person: Person, path: string) =>
  (await person.opens(path)).html
    .replace(/[\ufeff"]/g, '')
    .trim()
    .split('\r\n')
const lastEvent = (event: string) => db.auditEvent.findFirst({ where: { event }, orderBy: { id: 'desc' } })

describe('clinics, doctors and closures', () => {
  it('are ordered as asked for, doctors narrowed to a specialization, each the same as a file', async () => {
    expect(await names(admin, clinics.index({ sort: '-city' }), 'clinics')).toEqual(['Hill Clinic', 'Quay Clinic'])
    expect((await lines(tess, clinics.csv())).slice(1).map(line => line.split(',')[0])).toEqual(['Quay Clinic'])
    const { specializationId } = meera
    expect(await names(admin, doctors.index({ specializationId }), 'doctors')).toEqual(['Dr Meera Kulkarni'])
    expect((await names(admin, doctors.index({ sort: 'specialization' }), 'doctors'))[0]).toBe('Dr Bo Lind')
    expect((await lines(tess, doctors.csv())).join()).not.toContain('Bo Lind')

    const on = (year: number) => ({ startsOn: new Date(`${year}-12-24`), endsOn: new Date(`${year}-12-26`) })
    for (const [year, clinicId] of [
      [2020, quay.id],
      [2120, quay.id],
      [2121, hill.id]
    ] as const)
      await db.closure.create({ data: { clinicId, reason: `Holidays ${year}`, ...on(year) } })
    const reasons = async (person: Person, query: object) =>
      (await lines(person, closures.csv({ ...query }))).slice(1).map(line => line.split(' ').at(-1))
    expect(await reasons(admin, { sort: '-startsOn' })).toEqual(['2121', '2120'])
    expect(await reasons(admin, { when: 'over' })).toEqual(['2020'])
    expect(await reasons(tess, { q: 'holidays' })).toEqual(['2120'])
  })

  it('tell before and after, and of people only which field it was', async () => {
    await admin.sends('patch', clinics.show(hill.id), { address: '2 Hill Road', bookingWindowDays: 31 })
    expect((await lastEvent('clinic.changed'))?.data).toEqual({
      changes: { address: ['14 Quay Street', '2 Hill Road'], bookingWindowDays: [30, 31] }
    })
    await admin.sends('patch', doctors.show(meera.id), { name: 'Dr Meera Rao', feeMinor: 7000 })
    expect((await lastEvent('doctor.changed'))?.data).toEqual({
      changes: { feeMinor: [6000, 7000] },
      changed: ['name']
    })
  })
})
