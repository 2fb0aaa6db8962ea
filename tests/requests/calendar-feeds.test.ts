import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import { pathToLog } from '../../src/middleware/logging.ts'
import { paths } from '../../src/paths.ts'
import { newLink } from '../../src/services/people/invitations.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { fingerprint } from '../support/fingerprint.ts'
import { type Person, signedIn } from '../support/person.ts'
import { send } from '../support/raw.ts'
import { addSlot, addUser, hireDoctor, lookAfter, openClinic, password, registerPatient } from '../support/world.ts'

const app = serveApp()
const page = paths.auth.calendar()
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let account: Awaited<ReturnType<typeof registerPatient>>
let ada: Person

beforeAll(async () => {
  clinic = await openClinic({ name: 'Gemeinschaftspraxis für Jung und Alt, “Am Fluß”; Ärzte über dem Hafenbecken' })
  doctor = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  account = await registerPatient({ name: 'Ada Obi' })
  ada = await signedIn(app, account)
})

const visit = (said: Partial<Parameters<typeof addVisit>[0]> = {}) =>
  addVisit({ ...{ clinic, doctorId: doctor.id, patient: account, time: '09:00', days: 3, reason: 'Itching' }, ...said })
/** A time that the doctor’s next patient is still thinking about. */
async function held() {
  const { id: timeslotId } = await addSlot(doctor.id, clinic, { time: '12:00' })
  return (await ada.sends('post', paths.booking.holds.index(), { timeslotId })).body.hold
}
const addressFor = async (person: Person) => new URL((await person.sends('post', page)).body.feed.url).pathname
const asks = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(app.url, { method, path, headers })

/** What a calendar program makes of it. */
async function followed(path: string) {
  const { text } = await asks(path)
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map(each => new ICAL.Event(each))
  return { text, events, of: ({ id }: { id: string }) => events.find(({ uid }) => uid === `${id}@localhost`) }
}

it('is made by a button, shown once, replaced by the next and switched off', async () => {
  expect((await ada.opens(page)).text).toContain('Make an address')
  const key = String((await ada.opens(page)).$('[name=key]').val())
  const made = await ada.submits(page, { key })
  const first = new URL(String(made.field('Calendar address').value)).pathname
  expect(first).toMatch(/^\/calendars\/[\w-]{43}\/appointments\.ics$/)
  expect(made.links).toContain(`webcal://localhost:3000${first}`)
  const token = first.split('/')[2] ?? ''
  const [row] = await db.calendarFeed.findMany()
  expect(JSON.stringify(row)).not.toContain(token)
  expect((await ada.opens(page)).html).not.toContain(token)
  const again = await ada.submits(page, { key })
  expect([again.status, again.field('Calendar address').value]).toEqual([201, made.field('Calendar address').value])
  expect((await db.calendarFeed.findMany())[0]).toEqual(row)
  expect((await asks(first)).status).toBe(200)
  const asked = await ada.opens(paths.auth.calendarRenewal())
  expect([asked.heading, asked.text]).toEqual(['Make a new calendar address?', expect.stringContaining('at once')])

  const second = await addressFor(ada)
  expect([(await asks(first)).status, (await asks(second)).status]).toEqual([404, 200])
  const late = await ada.submits(page, { key })
  expect([late.status, late.problems]).toEqual([422, [expect.stringContaining('has ended since')]])
  expect((await asks(second)).status).toBe(200)
  expect((await ada.asks(page)).body).toEqual({ feed: { madeAt: expect.stringMatching(/^\d{4}-/) } })
  expect((await ada.opens(paths.auth.calendarRemoval())).text).toContain('get no changes any more')
  expect((await ada.submits(paths.auth.calendarRemoval())).location).toBe(page)
  expect((await ada.opens(paths.auth.calendarRemoval())).location).toBe(page)
  expect((await asks(second)).status).toBe(404)
  const events = await db.auditEvent.findMany({ where: { event: { startsWith: 'user.feed' } }, orderBy: { id: 'asc' } })
  expect(events.map(({ event }) => event)).toEqual(['user.feed-made', 'user.feed-made', 'user.feed-removed'])
  expect(pathToLog(`${second}?a=1`)).toBe('/calendars/…/appointments.ics')
})

describe('what is followed', () => {
  it('has everybody the account looks after, what was called off as such, and nobody else’s', async () => {
    const uma = await lookAfter(account.id, 'Uma Obi')
    const other = await registerPatient()
    const own = await visit()
    const hers = await visit({ patient: { id: account.id, patientId: uma.id }, time: '10:00' })
    const off = await visit({ status: 'CANCELLED', time: '11:00' })
    const past = await visit({ status: 'COMPLETED', days: -80 })
    const missing = [
      await visit({ status: 'COMPLETED', days: -100 }),
      await held(),
      await visit({ patient: other, time: '13:00' })
    ]
    const { text, of, events } = await followed(await addressFor(ada))
    expect(events).toHaveLength(4)
    for (const each of [own, hers, off, past]) expect(of(each)?.startDate.toJSDate()).toEqual(each.startsAt)
    expect(missing.map(of)).toEqual([undefined, undefined, undefined])
    expect(of(hers)?.description).toContain('For Uma Obi')
    expect(of(hers)?.summary).toBe(`${clinic.name}: Dr Meera Kulkarni, for UO`)
    expect(of(own)?.summary).toBe(`${clinic.name}: Dr Meera Kulkarni`)
    expect([off, own].map(each => of(each)?.component.getFirstPropertyValue('status'))).toEqual([
      'CANCELLED',
      'CONFIRMED'
    ])
    for (const said of [
      'METHOD:PUBLISH',
      'X-WR-CALNAME:',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H'
    ])
      expect(text).toContain(`\r\n${said}`)
    expect(text).not.toMatch(/Dermatology|Itching|[^\r]\n/)
    expect(Math.max(...text.split('\r\n').map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
  })

  it('has the clinic’s times before and after its clock changes', async () => {
    const today = Temporal.Now.zonedDateTimeISO(clinic.timeZone)
    const change = today.getTimeZoneTransition('next')?.toPlainDate() ?? today.toPlainDate()
    const days = today.toPlainDate().until(change).days
    for (const beside of [-1, 1]) await visit({ days: days + beside, time: '14:00' })
    const { of } = await followed(await addressFor(ada))
    const rows = await db.appointment.findMany({ orderBy: { createdAt: 'desc' }, take: 2 })
    const shown = rows.map(row => of(row)?.startDate.toJSDate().toISOString().slice(11, 16))
    expect(shown.toSorted()).toEqual(['13:00', '14:00'])
  })

  it('is not sent again while nothing changes; a moved visit has a higher sequence', async () => {
    const row = await visit({ time: '15:00' })
    const address = await addressFor(ada)
    const before = await fingerprint()
    const first = await asks(address)
    const { etag = '' } = first.headers
    expect(first.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache'
    })
    expect(first.headers['set-cookie']).toBeUndefined()
    const again = await asks(address, { 'If-None-Match': `"a", ${etag}`, 'Cache-Control': 'no-cache' })
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', etag])
    expect(await asks(address, {}, 'HEAD')).toMatchObject({ status: 200, text: '', headers: { etag } })
    expect(await fingerprint()).toEqual(before)

    const slot = await addSlot(doctor.id, clinic, { days: 5, time: '16:00', minutes: 10 })
    const moved = await ada.sends('patch', paths.booking.appointments.show(row.id), { timeslotId: slot.id })
    expect(moved.status).toBe(200)
    const after = await asks(address, { 'If-None-Match': String(etag) })
    expect([after.status, after.headers.etag === etag]).toEqual([200, false])
    const { of } = await followed(address)
    expect([of(row)?.sequence, of(row)?.startDate.toJSDate()]).toEqual([1, slot.startsAt])
  })

  it('tells a doctor’s calendar who by initials and reference alone', async () => {
    const meera = await signedIn(app, doctor.user)
    const room = await db.room.create({ data: { clinicId: clinic.id, name: 'Room 4' } })
    const row = await visit({ time: '17:00', days: 6 })
    await db.appointment.update({ where: { id: row.id }, data: { roomId: room.id } })
    const elsewhere = await visit({ doctorId: (await hireDoctor(clinic.id)).id, time: '17:30', days: 6 })
    const { text, of } = await followed(await addressFor(meera))
    expect(of(row)).toMatchObject({ summary: `AO ${row.reference}`, location: `${clinic.name}, Room 4` })
    expect(of(elsewhere)).toBeUndefined()
    expect(text).not.toMatch(/Obi|Itching|Dermatology|HELD/)
  })
})

it('ends with another password or address', async () => {
  const codeFor = async (userId: string, said: Parameters<typeof newLink>[3]) =>
    (await transaction(tx => newLink(tx, systemCtx(Temporal.Now.instant(), 'test'), userId, said))).code
  const { password: changing, reset, confirmation } = paths.auth
  const [chosen, email] = ['copper lantern tuesday', 'elsewhere@docket.example']
  const ends: ((id: string) => Promise<[string, Record<string, string>]>)[] = [
    async () => [changing(), { current: password, password: chosen }],
    async id => [reset(), { code: await codeFor(id, { purpose: 'RESET', hours: 1 }), password: chosen }],
    async id => [confirmation(), { code: await codeFor(id, { purpose: 'CHANGE', hours: 1, email }) }]
  ]
  for (const end of ends) {
    const account = await registerPatient()
    const person = await signedIn(app, account)
    const address = await addressFor(person)
    expect((await person.sends('post', ...(await end(account.id)))).status).toBeLessThan(300)
    expect((await asks(address)).status).toBe(404)
  }
})

it('ends with the account, its role, or its data', async () => {
  const grace = await signedIn(app, await addUser('ADMIN'))
  const { users } = paths.admin
  const ends = {
    [users.deactivation(':id')]: {},
    [users.show(':id')]: { name: 'Ines Prat', role: 'STAFF', clinicIds: [clinic.id] },
    [users.erasure(':id')]: { reason: 'ASKED', understood: true }
  }
  for (const [path, body] of Object.entries(ends)) {
    const person = await registerPatient()
    const address = await addressFor(await signedIn(app, person))
    expect((await asks(address)).status).toBe(200)
    expect((await grace.sends('post', path.replace(':id', person.id), body)).status).toBeLessThan(300)
    expect((await asks(address)).status).toBe(404)
    expect(await db.calendarFeed.count({ where: { userId: person.id } })).toBe(0)
  }
  const gone = await Promise.all(['x', 'A'.repeat(43), '%00'].map(token => asks(paths.calendars(token))))
  expect(gone.map(({ status }) => status)).toEqual([404, 404, 404])
})
