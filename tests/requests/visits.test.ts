import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { visitToken } from '../../src/services/notifications/links.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { visits } = paths
let ada: Awaited<ReturnType<typeof registerPatient>>
let slots: { id: string }[]
let holder: Person
let id: string
let token: string

/** Ada has booked the first of five times, and whoever has the mail about it opens the link. */
beforeEach(() => booked())

async function booked(said: Parameters<typeof openClinic>[0] = {}) {
  const clinic = await openClinic(said)
  const doctor = await hireDoctor(clinic.id)
  slots = await addSlots(doctor.id, clinic, 5)
  ada = await registerPatient({ name: 'Ada Obi' })
  const wish = { doctorId: doctor.id, timeslotId: slots[0]?.id, reason: 'An itching rash' }
  const { body } = await (await signedIn(app, ada)).sends('post', paths.booking.appointments.index(), wish)
  id = body.appointment.id
  token = visitToken({ id, sequence: 0, accountId: ada.id, email: ada.email })
  holder = visitor(app)
}

const standing = () => db.appointment.findUniqueOrThrow({ where: { id } })
const moves = (to = 1, at = token) => holder.submits(visits.reschedule(at), { timeslotId: slots[to]?.id })

describe('the page behind a mailed link', () => {
  it('shows the visit to whoever has the link, and no more than the mail said', async () => {
    const page = await holder.opens(visits.show(token))
    expect(page.status).toBe(200)
    for (const said of ['at 09:00', 'Dr Meera Kulkarni', 'Ada Obi', '14 Quay Street', '+44 117 496 0101', 'Booked'])
      expect(page.html).toContain(said)
    for (const unsaid of ['itching', 'Dermatology', '£60', id, ada.id]) expect(page.html).not.toContain(unsaid)
    expect(page.headers).toMatchObject({
      ...{ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' }
    })
    const { body } = await holder.asks(visits.show(token))
    expect(body.appointment).toMatchObject({ id, canMove: true, canCancel: true })
    for (const unsaid of ['itching', 'Dermatology', 'payment', 'dateOfBirth', 'amount'])
      expect(JSON.stringify(body)).not.toContain(unsaid)
  })

  it('moves it: the link that led there is good for nothing then, the next one is', async () => {
    expect((await holder.opens(visits.reschedule(token))).text).toContain('09:20')
    const moved = await moves()
    expect([moved.status, moved.location]).toEqual([
      303,
      visits.show(visitToken({ id, sequence: 1, accountId: ada.id, email: ada.email }))
    ])
    expect(await standing()).toMatchObject({ timeslotId: slots[1]?.id, sequence: 1, status: 'BOOKED' })
    expect((await holder.opens(moved.location ?? '')).text).toContain('Moved. The new time is yours.')
    expect([(await holder.opens(visits.show(token))).status, (await moves(2)).status]).toEqual([404, 404])
    const event = await db.auditEvent.findFirstOrThrow({ where: { appointmentId: id, event: 'appointment.moved' } })
    expect(event).toMatchObject({ actorId: ada.id, actorRole: 'PATIENT', data: { via: 'link' } })
  })

  it('names the nearest times when one has gone', async () => {
    const ben = await signedIn(app, await registerPatient())
    const { doctorId } = await standing()
    await ben.sends('post', paths.booking.appointments.index(), { doctorId, timeslotId: slots[1]?.id })
    const refused = await moves()
    expect([refused.status, refused.problems]).toEqual([422, ['Someone has just booked 09:20. Choose another time.']])
    expect(refused.html).toContain(slots[2]?.id)
    expect(refused.html).not.toContain(paths.booking.appointments.index())
  })

  it('leaves what the account holds besides alone, and is told that it is taken', async () => {
    const hers = await signedIn(app, ada)
    const { body } = await hers.sends('post', paths.booking.holds.index(), { timeslotId: slots[1]?.id })
    const refused = await moves()
    expect([refused.status, refused.problems]).toEqual([422, ['Someone has just booked 09:20. Choose another time.']])
    expect((await moves(2)).status).toBe(303)
    const held = await db.appointment.findUniqueOrThrow({ where: { id: body.hold.id } })
    expect(held).toMatchObject({ status: 'HELD', timeslotId: slots[1]?.id })
  })

  it('is good for nothing once the account has another address', async () => {
    await db.user.update({ where: { id: ada.id }, data: { email: 'elsewhere@docket.example' } })
    expect((await holder.opens(visits.show(token))).status).toBe(404)
  })

  it('cancels it, with a reason or without, and is good for nothing then', async () => {
    expect((await holder.opens(visits.cancellation(token))).text).toContain('Why are you cancelling?')
    const long = await holder.submits(visits.cancellation(token), { reason: 'x'.repeat(501) })
    expect([long.status, long.links.includes(visits.show(token))]).toEqual([422, true])
    const done = await holder.submits(visits.cancellation(token), { reason: '' })
    expect(done.status).toBe(303)
    const { doctorId, ...now } = await standing()
    expect(now).toMatchObject({ status: 'CANCELLED', cancelledById: ada.id, cancellationReason: null })
    const page = await holder.opens(done.location ?? '')
    expect([page.heading, page.headers['referrer-policy']]).toEqual(['Cancelled', 'no-referrer'])
    expect(page.text).toMatch(/appointment with Dr Meera Kulkarni.* at .+ at 09:00 will not take place/)
    expect(page.text.match(/The time is free again/g)).toHaveLength(1)
    expect(page.links).toContain(paths.booking.doctors.show(doctorId))
    for (const at of [visits.cancelled(), visits.cancelled({ of: token }), `${done.location?.slice(0, -1)}!`])
      expect((await visitor(app).opens(at)).text).not.toContain('Kulkarni')
    await db.appointment.update({ where: { id }, data: { cancelledAt: new Date(Date.now() - 3_700_000) } })
    expect((await holder.opens(done.location ?? '')).text).not.toContain('Kulkarni')
    expect((await holder.opens(visits.show(token))).status).toBe(404)
  })

  it('keeps to the clinic’s notice, with its number', async () => {
    await booked({ cancellationNoticeMinutes: 10_000 })
    const page = await holder.opens(visits.show(token))
    expect(page.text).toContain('only the clinic can still change it')
    expect(page.links).toContain('tel:+441174960101')
    for (const change of [await moves(), await holder.submits(visits.cancellation(token), { reason: 'Better' })])
      expect([change.status, change.problems]).toEqual([
        422,
        ['It is too late to change this online. Call the clinic: +44 117 496 0101.']
      ])
    expect((await standing()).sequence).toBe(0)
  })

  it('is the same for whoever else is signed in there, and opens nothing of their account', async () => {
    const ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
    const page = await ben.opens(visits.show(token))
    expect([page.status, page.text.includes('Ada Obi')]).toEqual([200, true])
    expect((await ben.opens(paths.booking.appointments.show(id))).status).toBe(404)
    expect((await ben.submits(visits.reschedule(token), { timeslotId: slots[3]?.id })).status).toBe(303)
    expect(await standing()).toMatchObject({ timeslotId: slots[3]?.id })
  })

  it('changes nothing without a token, or for another site', async () => {
    const [path, form] = [visits.cancellation(token), { reason: 'Better now' }]
    expect((await holder.bare('post', path).type('form').send(form)).status).toBe(403)
    const _csrf = await holder.token()
    const from = (site: Record<string, string>) =>
      holder
        .bare('post', path)
        .set(site)
        .type('form')
        .send({ ...form, _csrf })
    expect((await from({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await standing()).status).toBe('BOOKED')
    expect((await from({ Origin: 'null' })).status).toBe(303)
  })

  it.each([
    ['moved', 'The latest e-mail about it has a new link.'],
    ['cancelled', 'The appointment was cancelled.'],
    ['forged', 'Part of the link may be missing'],
    ['nonsense', 'Part of the link may be missing']
  ])('is good no more when it is %s, and says whom to ring: of one that was made up nothing else', async (how, why) => {
    await openClinic({ phone: '+44 117 496 0999' })
    if (how === 'moved') await moves()
    if (how === 'cancelled') await holder.submits(visits.cancellation(token))
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    const given = { moved: token, cancelled: token, forged, nonsense: 'x' }[how] ?? ''
    const stranger = visitor(app)
    for (const path of [visits.show(given), visits.reschedule(given), visits.cancellation(given)]) {
      const page = await stranger.opens(path)
      expect([page.status, page.heading]).toEqual([404, 'This link is no longer good'])
      for (const said of ['+44 117 496 0101', why]) expect(page.text).toContain(said)
      expect(page.text.includes('+44 117 496 0999')).toBe(how === 'forged' || how === 'nonsense')
      if (how !== 'moved') expect(page.text).not.toContain('new link')
    }
    const { status, body } = await stranger.asks(visits.show(given))
    expect([status, body.title]).toEqual([404, 'This link is no longer good'])
    expect((await stranger.submits(visits.cancellation(given), { reason: 'Better' })).status).toBe(404)
  })
})
