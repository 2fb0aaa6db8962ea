import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { users } = paths.admin
let admin: Person
let ruth: { id: string }
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>

beforeAll(async () => {
  ruth = await addUser('ADMIN', { name: 'Ruth Ellery' })
  admin = await signedIn(app, ruth as { email: string; id: string })
  clinic = await openClinic()
  doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
})

const names = ({ body }: { body: { users: { name: string }[] } }) => body.users.map(({ name }) => name)
const change = (id: string, data: object) => admin.sends('patch', users.show(id), { ...data })
const told = async (id: string) =>
  (await db.auditEvent.findFirst({ where: { event: 'user.changed', subjectId: id }, orderBy: { id: 'desc' } }))?.data

describe('the list of accounts', () => {
  beforeAll(async () => {
    const many = Array.from({ length: 25 }, (_, at) => ({
      name: `Zoe ${String(at).padStart(2, '0')}`,
      email: `zoe${at}@docket.example`,
      role: 'PATIENT' as const,
      createdAt: new Date(Date.UTC(2020, 0, 25 - at))
    }))
    await db.user.createMany({ data: [...many, { name: '=SUM(A1)', email: 'zoe.sum@docket.example', role: 'STAFF' }] })
  })

  it('is paged by place, in the order asked for', async () => {
    const first = await admin.asks(users.index({ q: 'zoe 0', role: 'PATIENT' }))
    expect([first.body.total, names(first)[0], first.body.users[0].state]).toEqual([12, 'Zoe 00', 'INVITED'])
    const oldest = await admin.asks(users.index({ q: 'zoe', sort: 'createdAt' }))
    expect([names(oldest).length, names(oldest)[0]]).toEqual([20, 'Zoe 24'])
    const rest = await admin.asks(users.index({ q: 'zoe', sort: 'createdAt', after: oldest.body.next }))
    expect(names(rest).slice(0, 5)).toEqual(['Zoe 04', 'Zoe 03', 'Zoe 02', 'Zoe 01', 'Zoe 00'])
    expect((await admin.asks(users.index({ after: 'nowhere' }))).status).toBe(400)
  })

  it('shows who works at a clinic, and those in a state', async () => {
    expect(names(await admin.asks(users.index({ clinicId: clinic.id })))).toEqual(['Dr Meera Kulkarni'])
    expect(names(await admin.asks(users.index({ state: 'invited', role: 'STAFF' })))).toEqual(['=SUM(A1)'])
    expect((await admin.opens(users.index({ state: 'erased' }))).text).toContain('Nothing matches')
  })

  it('can be downloaded, every row of it, harmless to a spreadsheet and written down', async () => {
    const { text, headers } = await admin.asks(users.csv({ q: 'zoe' }))
    expect(headers['content-type']).toContain('text/csv')
    const lines = text.trim().split('\r\n')
    expect([lines.length, lines[1]?.slice(0, 10)]).toEqual([27, `"'=SUM(A1)`])
    expect((await db.auditEvent.findFirstOrThrow({ where: { event: 'users.exported' } })).data).toMatchObject({
      rows: 26
    })
  })
})

describe('a role', () => {
  it('can be given to a patient, who then works for the clinic and books no more', async () => {
    const ada = await registerPatient({ name: 'Ada Obi' })
    let her = await signedIn(app, ada)
    const page = await admin.submits(users.show(ada.id), { name: 'Ada Obi', phone: '', role: 'STAFF' })
    expect(page.problems).toEqual(['Choose at least one clinic for the front desk'])

    expect((await change(ada.id, { role: 'STAFF', clinicIds: [clinic.id] })).status).toBe(200)
    expect(await told(ada.id)).toEqual({ changes: { role: ['PATIENT', 'STAFF'], clinicIds: [[], [clinic.id]] } })
    const left = await her.asks(paths.auth.account())
    her = await signedIn(app, ada)
    expect([
      left.status,
      (await her.asks(paths.admin.index())).status,
      (await her.asks(paths.booking.patients.index())).status
    ]).toEqual([401, 200, 403])
    expect((await change(ada.id, { role: 'PATIENT', phone: '+44 117 496 0111' })).body.account.clinics).toEqual([])
    expect(await told(ada.id)).toMatchObject({ changed: ['phone'] })
    her = await signedIn(app, ada)
    expect((await her.asks(paths.booking.patients.index())).body.patients.length).toBe(1)
  })

  it('stays with a patient who has an appointment to come', async () => {
    const ben = await registerPatient()
    const { id } = await addSlot(doctor.id, clinic)
    await (await signedIn(app, ben)).sends('post', paths.booking.appointments.index(), {
      doctorId: doctor.id,
      timeslotId: id
    })
    expect((await change(ben.id, { role: 'ADMIN' })).body.detail).toContain('one appointment to come')
  })

  it('follows the record of a doctor, and the last admin keeps it', async () => {
    const edit = await admin.opens(users.edit(doctor.userId))
    expect([edit.$('[name=role]').length, edit.links]).toEqual([
      0,
      expect.arrayContaining([paths.admin.doctors.show(doctor.id)])
    ])
    expect((await change(doctor.userId, { role: 'ADMIN' })).body.errors[0].field).toBe('role')
    expect((await change(doctor.userId, { name: 'Dr Meera Rao' })).status).toBe(200)
    expect((await change((await registerPatient()).id, { role: 'DOCTOR' })).body.detail).toContain(
      'added under Doctors'
    )
    expect((await change(ruth.id, { role: 'PATIENT' })).body.detail).toContain('only active administrator')
  })
})

it('signs somebody out everywhere, who may come back', async () => {
  const cem = await addUser('STAFF')
  const phone = await signedIn(app, cem)
  expect((await admin.submits(users.sessions(cem.id))).location).toBe(users.show(cem.id))
  expect((await phone.asks(paths.auth.account())).status).toBe(401)
  await signedIn(app, cem)
  const event = await db.auditEvent.findFirstOrThrow({ where: { event: 'user.sessions-ended' } })
  expect([event.subjectId, event.data]).toEqual([cem.id, { sessions: 1 }])
})
