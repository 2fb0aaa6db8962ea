import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { record } from '../../src/services/audit/record.ts'
import { addVisit, openClinicByDay } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addUser, hireDoctor, lookAfter, registerPatient } from '../support/world.ts'

const app = serveApp()
const { audit, appointments } = paths.admin
let clinic: Awaited<ReturnType<typeof openClinicByDay>>
let ada: Awaited<ReturnType<typeof registerPatient>>
let tess: Awaited<ReturnType<typeof addUser>>
let visit: Awaited<ReturnType<typeof addVisit>>
let doctorId: string
let admin: Person
let desk: Person

beforeAll(async () => {
  clinic = await openClinicByDay('Harbour Clinic')
  const meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  doctorId = meera.id
  ada = await registerPatient({ name: 'Ada Obi' })
  visit = await addVisit({ clinic, doctorId, patient: ada, time: '09:00', days: 1, reason: 'A cough.' })
  tess = await addUser('STAFF', { name: 'Tess Rowe' })
  await db.staffClinic.create({ data: { userId: tess.id, clinicId: clinic.id } })
  admin = await signedIn(app, await addUser('ADMIN', { name: 'Grace Adeyemi' }))
  desk = await signedIn(app, tess)
  await desk.opens(appointments.show(visit.id))
  await (await signedIn(app, meera.user)).opens(paths.doctor.patients.show(ada.patientId))
  await desk.sends('post', appointments.cancellation(visit.id), { reason: 'The doctor is ill' })
})

interface Told {
  id: string
  event: string
  by: { name: string | null; role: string }
  requestId: string
}

const told = async (query = {}) => (await admin.asks(audit.index(query))).body.events as Told[]
const named = async (query = {}) => (await told(query)).map(({ event, by }) => `${event} ${by.name}`)

describe('the audit log', () => {
  it('says who did what to which record, when and from where, the latest first', async () => {
    const page = await admin.opens(audit.index())
    expect(page.text).toMatch(
      /Appointment cancelled .*Tess Rowe Front desk · .*127\.0\.0\.1 Appointment VISIT-\d+ Harbour Clinic/
    )
    const [first] = await told({ event: 'appointment.cancelled' })
    const one = await admin.opens(audit.show(first?.id ?? ''))
    for (const words of ['Appointment cancelled', 'Tess Rowe', 'Harbour Clinic', first?.requestId ?? ''])
      expect(one.text).toContain(words)
    expect(one.html).not.toContain('The doctor is ill')
    expect(one.links).toEqual(
      expect.arrayContaining([appointments.show(visit.id), audit.index({ q: first?.requestId })])
    )
  })

  it.each<[string, () => object, string[]]>([
    [
      'a reference',
      () => ({ q: visit.reference.toLowerCase() }),
      ['appointment.cancelled Tess Rowe', 'patient.viewed Tess Rowe']
    ],
    [
      'a record',
      () => ({ subjectType: 'patient', q: ada.patientId, sort: 'at' }),
      ['patient.viewed Tess Rowe', 'patient.viewed Dr Meera Kulkarni']
    ],
    ['a person and a topic', () => ({ who: 'rowe', event: 'user' }), ['user.signed-in Tess Rowe']],
    ['an e-mail address', () => ({ who: tess.email, event: 'appointment' }), ['appointment.cancelled Tess Rowe']],
    [
      'a clinic and an event',
      () => ({ clinicId: clinic.id, event: 'appointment.cancelled' }),
      ['appointment.cancelled Tess Rowe']
    ],
    ['days', () => ({ to: '2020-01-01' }), []],
    ['nobody', () => ({ who: 'nobody at all' }), []]
  ])('is narrowed by %s', async (_, query, expected) => {
    expect(await named(query())).toEqual(expected)
  })

  it('goes on from page to page, in topics and by days too, and misses nothing', async () => {
    const ctx = systemCtx(Temporal.Now.instant(), 'many')
    for (let at = 0; at < 45; at++)
      await record(db, ctx, at % 2 ? 'prescription.written' : 'prescription.shared', { type: 'prescription', id: null })
    for (const query of [
      { event: 'prescription' },
      { q: 'many' },
      { q: 'many', from: '2020-01-01' },
      { event: 'prescription', sort: 'at' }
    ]) {
      const seen: string[] = []
      for (let path: string | undefined = audit.index(query); path; ) {
        const page = await admin.opens(path)
        seen.push(...page.links.flatMap(link => /^\/admin\/audit\/(\d+)$/.exec(link ?? '')?.[1] ?? []))
        path = page.$('a[rel=next]').attr('href')
      }
      const inOrder = seen.toSorted((a, b) => ('sort' in query ? Number(a) - Number(b) : Number(b) - Number(a)))
      expect([seen.length, new Set(seen).size, seen]).toEqual([45, 45, inOrder])
    }
  })

  it('tells of changes before and after in words, and only that there was one where a person is concerned', async () => {
    const data = { changes: { city: ['Bath', 'Bristol'], isEmergency: [false, true] }, changed: ['phone'], rows: 3 }
    await record(db, systemCtx(Temporal.Now.instant(), 'change'), 'clinic.changed', {
      type: 'clinic',
      id: clinic.id,
      clinicId: clinic.id,
      data
    })
    const [event] = await told({ q: 'change' })
    const page = await admin.opens(audit.show(event?.id ?? ''))
    expect(page.text).toMatch(/City Bath Bristol Emergency No Yes Phone number Changed, but not written down .*Rows 3/)
    expect((await admin.opens(audit.index({ q: 'change' }))).text).toContain('City, Emergency and Phone number')
  })

  it('calls nobody who was erased, and finds no event that is not there', async () => {
    const gone = await addUser('ADMIN', { name: 'Erin Gone' })
    await signedIn(app, gone)
    await db.user.update({ where: { id: gone.id }, data: { erasedAt: new Date(), name: 'Was Erased' } })
    const page = await admin.opens(audit.index({ q: gone.id }))
    expect(page.text).toContain('Erased Administrator')
    for (const id of ['999999999', '0', 'x']) expect((await admin.opens(audit.show(id))).status).toBe(404)
  })

  it('is taken away as a table, which is written down with the number of rows and nothing that was typed', async () => {
    const { text } = await admin.bare('get', audit.csv({ q: visit.reference }))
    expect(
      text
        .trim()
        .split('\r\n')
        .map((line: string) => line.split(',')[2])
    ).toEqual(['"Event"', '"appointment.cancelled"', '"patient.viewed"'])
    const [event] = await db.auditEvent.findMany({ where: { event: 'audit.exported' } })
    expect(event?.data).toEqual({ filters: ['q'], rows: 2 })
  })

  it('keeps that somebody was refused, a few times', async () => {
    for (let time = 0; time < 25; time++) await desk.asks(audit.index({ q: 'secret' }))
    const refused = await db.auditEvent.findMany({ where: { event: 'access.refused', actorId: tess.id } })
    expect(refused.map(({ data }) => data)).toEqual(Array(20).fill({ permission: 'audit.read', path: audit.index() }))
  })
})

describe('a patient', () => {
  it('sees who looked, in which part, when and at what; and of nobody else', async () => {
    const own = await signedIn(app, ada)
    const { looks } = paths.booking.patients
    const page = await own.opens(looks(ada.patientId))
    expect(page.text).toMatch(/Dr Meera Kulkarni, doctor The record .*Front desk, Harbour Clinic The visit of/)
    expect(page.html).not.toContain('Tess')
    expect(JSON.stringify((await own.asks(looks(ada.patientId))).body)).not.toContain('Tess')
    const uma = await lookAfter(ada.id, 'Uma Obi')
    expect((await own.opens(looks(uma.id))).text).toContain('Nobody has looked yet')
    expect((await own.opens(paths.booking.patients.index())).links).toContain(looks(uma.id))
    expect((await (await signedIn(app, await registerPatient())).opens(looks(ada.patientId))).status).toBe(404)
  })
})
