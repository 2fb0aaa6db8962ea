import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { paths } from '../../src/paths.ts'
import { addVisit, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { messages } = paths.admin
const wrongAddress = 'EENVELOPE 550 5.1.1 RCPT TO'
let clinic: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let tess: Person
let joan: Person
let stranger: Person
let admin: Person
let count = 0

async function deskOf(clinicId: string, name: string) {
  const user = await addUser('STAFF', { name })
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

type Said = Partial<Prisma.NotificationUncheckedCreateInput>

/** A message about a visit in two days, planned an hour ago. */
async function message(name: string, said: Said = {}, days = 2) {
  const patient = await patientNamed(name)
  const time = `1${count % 9}:${String((count++ * 10) % 60).padStart(2, '0')}`
  const visit = await addVisit({
    clinic,
    doctorId: meera.id,
    patient,
    time,
    days,
    status: days < 0 ? 'COMPLETED' : 'BOOKED'
  })
  const at = new Date(Date.now() - 3_600_000)
  const row = await db.notification.create({
    data: {
      ...{ recipientId: patient.id, appointmentId: visit.id, clinicId: clinic.id, kind: 'appointment.booked' },
      ...{ channel: 'EMAIL', dedupeKey: `desk:${count}`, data: { sequence: 0 }, createdAt: at, sendAfter: at },
      ...(said.status === 'SENT' && { sentAt: at }),
      ...(said.status === 'FAILED' && { attempts: 1, lastAttemptAt: at, lastError: wrongAddress }),
      ...said
    }
  })
  return { ...row, visit, patient }
}

const named = (answer: { body: { messages: { to: { name: string } }[] } }) =>
  answer.body.messages.map(({ to }) => to.name)
const words = (answer: { body: { errors: { message: string }[] } }) => answer.body.errors.map(({ message }) => message)
const standing = (id: string) => db.notification.findUniqueOrThrow({ where: { id } })
const copiesOf = (copyOfId: string) => db.notification.findMany({ where: { copyOfId }, orderBy: { createdAt: 'asc' } })

beforeAll(async () => {
  clinic = await openClinic({ name: 'Harbour Clinic' })
  meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  tess = await deskOf(clinic.id, 'Tess Vane')
  joan = await deskOf(clinic.id, 'Joan Prosser')
  stranger = await deskOf((await openClinic()).id, 'Olga Stern')
  admin = await signedIn(app, await addUser('ADMIN', { name: 'Grace Hopper' }))
})

describe('the list of messages', () => {
  it('is empty at first, has every mail and text with what became of it, and is narrowed in the address', async () => {
    expect((await tess.opens(messages.index())).text).toContain('No messages yet')
    const ada = await message('Ada Obi', { status: 'SENT', attempts: 2 })
    await message('Ben Okri', { status: 'FAILED', kind: 'appointment.reminder' })
    await message('Cleo Park', { attempts: 3, lastError: 'ECONNECTION CONN' })
    await message('Dan Vale', { status: 'DROPPED', lastError: 'SUPERSEDED', channel: 'SMS' })
    await message('Ella Moss', { channel: 'IN_APP', status: 'SENT' })

    const page = await tess.opens(messages.index())
    for (const said of ['4 messages', 'Ada Obi', ada.visit.reference, 'Sent', 'There is no such e-mail address'])
      expect(page.text).toContain(said)
    expect(page.text).toMatch(/Trying again.*The server did not answer.*3 attempts/s)
    expect(page.text).toMatch(/Not needed.*Newer news took its place/s)
    expect(page.html).not.toContain(ada.patient.email)
    const only = async (query: object) => named(await tess.asks(messages.index(query as Record<string, string>))).sort()
    expect(await only({ state: 'FAILED' })).toEqual(['Ben Okri'])
    expect(await only({ state: 'RETRYING' })).toEqual(['Cleo Park'])
    expect(await only({ state: 'DUE', sort: 'sendAfter' })).toEqual(['Cleo Park'])
    expect(await only({ channel: 'SMS' })).toEqual(['Dan Vale'])
    expect(await only({ kind: 'reminder' })).toEqual(['Ben Okri'])
    expect(await only({ q: 'ben ok' })).toEqual(['Ben Okri'])
    expect(await only({ q: ada.visit.reference.toLowerCase() })).toEqual(['Ada Obi'])
    expect(await only({ q: 'Nobody' })).toEqual([])
    const today = new Date().toISOString().slice(0, 10)
    expect(await only({ from: '2020-01-01', to: today })).toHaveLength(4)
    expect(await only({ to: '2020-01-01' })).toEqual([])
    expect((await tess.opens(messages.index({ from: '2031-01-02', to: '2031-01-01' }))).status).toBe(422)
  })

  it('goes on page after page, and its file is the list', async () => {
    const at = new Date(Date.now() - 7_200_000)
    const row = { kind: 'doctor.agenda', channel: 'EMAIL', recipientId: meera.userId, clinicId: clinic.id } as const
    const many = Array.from({ length: 23 }, (_, n) => ({ ...row, dedupeKey: `a${n}`, sendAfter: at, createdAt: at }))
    await db.notification.createMany({ data: many })
    const first = await tess.asks(messages.index({ kind: 'doctor' }))
    const next = await tess.asks(messages.index({ kind: 'doctor', after: first.body.next }))
    expect([first.body.messages.length, next.body.messages.length, next.body.next]).toEqual([20, 3, null])
    const file = await tess.bare('get', messages.csv({ kind: 'doctor' }))
    expect(file.text.trim().split('\r\n')).toHaveLength(24)
    const sent = await tess.bare('get', messages.csv({ state: 'FAILED' }))
    expect(sent.text).toMatch(/"Ben Okri","Reminder","E-mail","Not delivered","?1"?,.*"EENVELOPE 550 5\.1\.1 RCPT TO"/)
    expect(await db.auditEvent.count({ where: { event: 'messages.exported' } })).toBe(2)
  })

  it('shows nothing of another clinic, and mails of accounts to administrators alone', async () => {
    const { id } = await message('Finn Ray', { status: 'FAILED' })
    const mail = { kind: 'account.invited', channel: 'EMAIL', dedupeKey: 'inv', sendAfter: new Date() } as const
    const { id: invited } = await db.notification.create({ data: { recipientId: meera.userId, ...mail } })
    expect((await stranger.asks(messages.index())).body.messages).toEqual([])
    expect((await stranger.asks(messages.index({ q: 'Finn' }))).body.messages).toEqual([])
    for (const [who, path] of [
      [stranger, id],
      [tess, invited]
    ] as const) {
      expect((await who.opens(messages.show(path))).status).toBe(404)
      expect((await who.sends('post', messages.resending(path))).status).toBe(404)
      expect((await who.sends('post', messages.settlement(path))).status).toBe(404)
    }
    expect((await admin.asks(messages.index({ kind: 'account' }))).body.total).toBe(1)
    expect((await admin.opens(messages.show(invited))).heading).toBe('Invitation')
  })
})

describe('a message', () => {
  it('says nothing of where a visit went that is another clinic’s now, nor how its patient is reached', async () => {
    const startsAt = '2031-05-06T10:00:00+01:00'
    const { id, visit, patient } = await message('Ivy Falk', { data: { sequence: 0, startsAt } })
    const elsewhere = await openClinic({ name: 'Valley Clinic', timeZone: 'Asia/Kolkata' })
    const slot = await addSlot((await hireDoctor(elsewhere.id)).id, elsewhere, { days: 9, time: '16:40' })
    const to = { clinicId: elsewhere.id, doctorId: slot.doctorId, timeslotId: slot.id, sequence: 1 }
    await db.appointment.update({
      where: { id: visit.id },
      data: { ...to, startsAt: slot.startsAt, endsAt: slot.endsAt }
    })

    const { message: shown } = (await tess.asks(messages.show(id))).body
    expect(shown).toMatchObject({ email: null, phone: null, appointment: { startsAt, isSeen: false } })
    const page = await tess.opens(messages.show(id))
    expect(page.text).toContain('Tuesday 6 May, 10:00')
    const listed = await tess.asks(messages.index({ q: 'Ivy Falk' }))
    const file = await tess.bare('get', messages.csv({ q: 'Ivy Falk' }))
    for (const said of [page.text, JSON.stringify(listed.body), JSON.stringify(shown), file.text])
      for (const secret of ['16:40:00+05:30', 'GMT+5:30', 'Asia/Kolkata', patient.email])
        expect(said).not.toContain(secret)
    expect((await admin.opens(messages.show(id))).text).toContain('16:40 (GMT+5:30)')
    await db.notification.update({ where: { id }, data: { data: { sequence: 0 } } })
    expect((await tess.opens(messages.show(id))).text).toContain(visit.reference)
  })

  it('has a page with where it goes and why it failed, but not what it says', async () => {
    const { id, patient } = await message('Gina Lund', { status: 'FAILED' })
    const page = await tess.opens(messages.show(id))
    for (const said of [
      'Appointment booked',
      patient.email,
      'There is no such e-mail address',
      wrongAddress,
      'Gina Lund'
    ])
      expect(page.text).toContain(said)
    expect(page.html).not.toContain('/visits/')
    expect(page.links).toContain(paths.admin.patients.show(patient.patientId))
  })

  it('is sent again once when two press at once, and the failed one is seen to', async () => {
    const { id, visit } = await message('Hugo Brand', { status: 'FAILED' })
    await Promise.all([tess, joan, tess].map(who => who.submits(messages.resending(id), { copies: '0' })))
    const [copy, ...more] = await copiesOf(id)
    expect(more).toEqual([])
    expect(copy).toMatchObject({ status: 'PLANNED', attempts: 0, data: { sequence: 0 }, appointmentId: visit.id })
    expect((await standing(id)).seenToAt).not.toBeNull()
    expect(await db.auditEvent.count({ where: { event: 'message.resent', subjectId: id } })).toBe(1)
    const page = await tess.opens(messages.show(id))
    expect(page.text).toMatch(/Sent again.*All copies.*Planned/s)

    const done = await tess.submits(messages.resending(id), { copies: '1', from: 'unreached' })
    expect([done.status, done.location]).toEqual([303, paths.admin.unreached()])
    expect(await copiesOf(id)).toHaveLength(2)
    await db.notification.update({ where: { id: copy?.id ?? '' }, data: { status: 'SENT', sentAt: new Date() } })
    await tess.submits(messages.resending(copy?.id ?? ''), { copies: '2' })
    expect(await copiesOf(id)).toHaveLength(3)
  })

  it('is not sent again when that would tell nothing, and the answer says why', async () => {
    const refusals: [{ id: string }, string][] = [
      [await message('Ida Ash'), 'This message is still waiting to be sent'],
      [
        await message('Ivo Ash', { status: 'DROPPED', lastError: 'OVER' }),
        'This message was no longer needed, so it cannot be sent again'
      ],
      [await message('Jon Ash', { status: 'SENT' }, -1), 'The visit has begun, so it cannot be sent again']
    ]
    for (const [made, why] of refusals)
      expect(words(await tess.sends('post', messages.resending(made.id)))).toEqual([why])
    const moved = await message('Kim Ash', { status: 'SENT' })
    await db.appointment.update({ where: { id: moved.visit.id }, data: { sequence: 1 } })
    const refused = await tess.submits(messages.resending(moved.id), { copies: '0' })
    expect([refused.status, refused.problems]).toEqual([
      422,
      ['The appointment has changed since, so it cannot be sent again']
    ])
    const link = await db.invitation.create({
      data: { userId: meera.userId, codeHash: 'x', expiresAt: new Date(Date.now() - 1000) }
    })
    const sent = { status: 'SENT', sentAt: new Date(), data: { invitationId: link.id }, sendAfter: new Date() } as const
    const row = { recipientId: meera.userId, kind: 'account.invited', channel: 'EMAIL', dedupeKey: 'i2' } as const
    const { id } = await db.notification.create({ data: { ...row, ...sent } })
    expect(words(await admin.sends('post', messages.resending(id)))[0]).toMatch('The link in it works no more')
  })
})
