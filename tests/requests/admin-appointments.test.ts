import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { appointments, doctors, clinics } = paths.admin
let admin: Person
let tess: Person
let doctorId: string
const visits: Record<string, string> = {}

/** Two clinics where it is never the same day. */
beforeAll(async () => {
  const east = await openClinic({ timeZone: 'Pacific/Kiritimati' })
  const west = await openClinic({ timeZone: 'Pacific/Pago_Pago' })
  doctorId = (await hireDoctor([east.id, west.id])).id
  const add = async (name: string, clinic: typeof east, days: number, time: string) => {
    const patient = await registerPatient({ name: `Patient ${name}` })
    visits[name] = (await addVisit({ clinic, doctorId, patient, days, time })).id
  }
  await add('east yesterday', east, -1, '23:30')
  await add('east today', east, 0, '00:00')
  await add('east to come', east, 2, '09:00')
  await add('west yesterday', west, -1, '23:30')
  await add('west today', west, 0, '00:00')
  await add('west to come', west, 2, '10:00')

  const { patientId } = await db.appointment.findUniqueOrThrow({ where: { id: visits['east today'] ?? '' } })
  const known = { dateOfBirth: new Date('1971-06-05'), phone: '07700 900222' }
  await db.patient.update({ where: { id: patientId }, data: known })

  admin = await signedIn(app, await addUser('ADMIN'))
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId: east.id } })
  tess = await signedIn(app, user)
})

async function listed(person: Person, path: string) {
  const { body } = await person.asks(path)
  const ids = body.appointments.map(({ id }: { id: string }) => id)
  return Object.keys(visits).filter(name => ids.includes(visits[name]))
}

describe('the list of appointments', () => {
  it('begins with today, by each clinic’s own clock, on every page of it', async () => {
    const fromToday = ['east today', 'east to come', 'west today', 'west to come']
    expect(await listed(admin, appointments.index())).toEqual(fromToday)
    expect(await listed(admin, appointments.index({ doctorId }))).toEqual(fromToday)
    expect(await listed(admin, appointments.index({ when: 'any' }))).toEqual(Object.keys(visits))
    expect(await listed(admin, appointments.index({ from: '2026-01-01' }))).toEqual(Object.keys(visits))
  })

  it.each(['admin', 'front desk'])('shows the %s just those that are counted as to come', async who => {
    const person = who === 'admin' ? admin : tess
    const expected = who === 'admin' ? ['east to come', 'west to come'] : ['east to come']
    const page = await person.opens(doctors.show(doctorId))
    const href = page.links.find(link => link?.startsWith(`${appointments.index()}?`)) ?? ''
    expect(page.text).toContain(`Appointments to come ${expected.length}`)
    expect(await listed(person, href)).toEqual(expected)
    expect((await person.asks(doctors.show(doctorId))).body.doctor.upcomingCount).toBe(expected.length)
  })

  it('is of today only when that is asked, and its file says so', async () => {
    expect(await listed(admin, appointments.index({ when: 'day' }))).toEqual(['east today', 'west today'])
    const day = Temporal.Now.plainDateISO('Pacific/Kiritimati')
    const file = await tess.bare('get', appointments.csv({ when: 'day' }))
    expect(file.headers['content-disposition']).toContain(`appointments-${day}.csv`)
    expect(file.text).toMatch(/"Patient","Phone".*\r\n.*"east today"|07700 900222/)
  })

  it('is where Today’s count of what is owed leads, of several clinics', async () => {
    const id = visits['west today'] ?? ''
    const { clinicId } = await db.appointment.findUniqueOrThrow({ where: { id } })
    const names = { appointmentId: id, clinicId, reference: 'OWED-1', method: 'PAY_AT_CLINIC' } as const
    const { id: paymentId } = await db.payment.create({ data: { ...names, amountMinor: 6000, currency: 'AUD' } })
    const to = (page: Awaited<ReturnType<Person['opens']>>) => page.$('#overview-money .stats a').attr('href') ?? ''
    const today = await admin.opens(paths.admin.index())
    expect(today.$('#overview-money .stats li').first().text()).toMatch(/1\s+to be paid at the clinic/)
    expect(await listed(admin, to(today))).toEqual(['west today'])
    expect(to(await tess.opens(paths.admin.index()))).toBe(paths.admin.takings.show())

    const visit = await admin.opens(appointments.show(id))
    expect(visit.$(`a[href="${paths.admin.payments.show(paymentId)}"]`).text()).toBe('A$60')
    expect(visit.$('dl').text()).not.toMatch('Pay at clinic')
    expect((await admin.opens(appointments.index())).$('[name=payment]').text()).not.toMatch('failed')
  })

  it('finds the reference however it is typed, and the patient by number and date of birth', async () => {
    const reference = 'YQ2W-PHV2'
    await db.appointment.update({ where: { id: visits['east today'] ?? '' }, data: { reference } })
    const bare = reference.replace('-', '')
    for (const q of [bare, bare.toLowerCase(), `${bare.slice(0, 4)} ${bare.slice(4)}`, reference.slice(0, 6)])
      expect(await listed(tess, appointments.index({ q }))).toEqual(['east today'])
    for (const q of ['0900222', '+44 7700 900222', '5 6 71', 'east 5/6/1971'])
      expect(await listed(tess, appointments.index({ q }))).toEqual(['east today'])
    expect(await listed(tess, appointments.index({ q: 'west 5/6/1971' }))).toEqual([])
  })

  it('says beside the field when the last day is before the first', async () => {
    const page = await tess.opens(appointments.index({ from: '2026-03-02', to: '2026-03-01' }))
    expect([page.status, page.problems]).toEqual([422, ['Enter the same day or a later one']])
    expect(page.field('From').value).toBe('2026-03-02')
  })

  it('has no date in the links to it', async () => {
    const { body } = await admin.asks(clinics.index())
    const pages = [paths.admin.index(), clinics.show(body.clinics[0].id)]
    for (const path of pages) expect((await admin.opens(path)).html).not.toMatch(/appointments\?[^"]*from=/)
  })
})

describe('the front desk', () => {
  it('cancels with a reason, which everyone reads, and not twice', async () => {
    const id = visits['east to come'] ?? ''
    expect((await tess.opens(appointments.show(id))).links).toContain(appointments.cancellation(id))
    expect((await tess.submits(appointments.cancellation(id))).problems).toEqual(['Say in a few words why you cancel'])
    const done = await tess.submits(appointments.cancellation(id), { reason: 'The doctor is ill' })
    expect([done.status, done.location]).toEqual([303, appointments.show(id)])

    const page = await tess.opens(appointments.show(id))
    expect(page.text).toContain('The doctor is ill')
    expect(page.links).not.toContain(appointments.cancellation(id))
    expect((await tess.opens(appointments.cancellation(id))).location).toBe(appointments.show(id))
  })

  it('cancels nothing of another clinic', async () => {
    const cancellation = appointments.cancellation(visits['west to come'] ?? '')
    expect((await tess.opens(cancellation)).status).toBe(404)
    expect((await tess.sends('post', cancellation, { reason: 'Better now' })).status).toBe(404)
  })
})
