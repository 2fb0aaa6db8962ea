import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { unsubscribeToken } from '../../src/services/notifications/links.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlots, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const page = paths.auth.messages()
let account: Awaited<ReturnType<typeof registerPatient>>
let doctor: Awaited<ReturnType<typeof hireDoctor>>
let ada: Person
let address: string

/** Ada has an appointment in five days, and two reminders of it that wait. */
beforeEach(async () => {
  const clinic = await openClinic()
  doctor = await hireDoctor(clinic.id)
  const [slot] = await addSlots(doctor.id, clinic, 1, 5)
  account = await registerPatient({ phone: '+44 7700 900111' })
  ada = await signedIn(app, account)
  await ada.sends('post', paths.booking.appointments.index(), { doctorId: doctor.id, timeslotId: slot?.id })
  address = paths.unsubscriptions(unsubscribeToken(account.id))
})

const reminders = async () => {
  const where = { recipientId: account.id, kind: 'appointment.reminder', channel: 'EMAIL' } as const
  const rows = await db.notification.findMany({ where, select: { status: true, lastError: true } })
  return rows.map(({ status, lastError }) => [status, lastError])
}
const waiting = [
  ['PLANNED', null],
  ['PLANNED', null]
]
const dropped = waiting.map(() => ['DROPPED', 'NOT_WANTED'])
const wants = async () => (await db.user.findUniqueOrThrow({ where: { id: account.id } })).wantsReminders
const changes = () => db.auditEvent.findMany({ where: { event: 'user.changed', subjectId: account.id } })

describe('the link in a reminder', () => {
  it('asks first, and stops reminders by its button, however often it is pressed', async () => {
    const guest = visitor(app)
    const asked = await guest.opens(address)
    expect([asked.status, asked.heading, await wants()]).toEqual([200, 'Stop reminders by e-mail?', true])
    expect(asked.text).toContain('What still comes')
    expect(await reminders()).toEqual(waiting)

    for (let time = 0; time < 2; time++) expect((await guest.submits(address, { page: 'yes' })).location).toBe(address)
    const stopped = await guest.opens(address)
    expect([stopped.heading, stopped.links.includes(page)]).toEqual(['No more reminders by e-mail', true])
    expect(stopped.text).toContain('Text reminders go on.')
    expect(stopped.html).not.toContain('900111')
    await db.user.update({ where: { id: account.id }, data: { wantsTexts: false } })
    expect((await guest.opens(address)).text).not.toContain('Text reminders go on.')
    expect([await wants(), await reminders()]).toEqual([false, dropped])
    const said = { changes: { wantsReminders: [true, false] }, via: 'link' }
    expect(await changes()).toMatchObject([{ actorId: account.id, data: said }])
    const admin = await signedIn(app, await addUser('ADMIN'))
    const log = await admin.opens(paths.admin.audit.index({ event: 'user.changed', q: account.id }))
    expect(log.text).toContain('Account changed Reminders by e-mail: off · by the link in an e-mail')
  })

  it.each([
    ['as a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'as parts',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
    ]
  ])('stops them with one click in a mail program, %s: no cookie, no token, no redirect', async (_, type, body) => {
    const answer = await fetch(`${app.url}${address}`, {
      ...{ method: 'POST', body, redirect: 'manual' },
      headers: { 'Content-Type': type, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://mail.example' }
    })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
    expect(await answer.text()).toBe('No more reminders by e-mail.')
    expect([await wants(), await reminders()]).toEqual([false, dropped])
  })

  it('stops nothing for whoever does not say so', async () => {
    for (const body of ['', 'reason=none', '{"surprise":true}'])
      expect((await fetch(`${app.url}${address}`, { method: 'POST', body })).status).toBe(400)
    expect(await wants()).toBe(true)
  })

  it('is not found when it was made up', async () => {
    const { id } = await registerPatient()
    for (const forged of [`${address}x`, address.replace(account.id, id), paths.unsubscriptions('x')]) {
      expect((await visitor(app).opens(forged)).status).toBe(404)
      expect((await fetch(`${app.url}${forged}`, { method: 'POST' })).status).toBe(404)
    }
    expect([await wants(), await reminders()]).toEqual([true, waiting])
  })
})

describe('what one is sent', () => {
  it('is chosen on a page, and reminders that are wanted again are planned again', async () => {
    const shown = await ada.opens(page)
    expect(shown.text).toContain('To +44 7700 900111')
    expect(shown.text).toContain('What always comes')
    expect((await ada.submits(page, { wantsTexts: 'on' })).location).toBe(page)
    expect([await wants(), await reminders()]).toEqual([false, dropped])
    expect((await ada.submits(page, { wantsTexts: 'on', wantsReminders: 'on' })).status).toBe(303)
    expect([await wants(), await reminders()]).toEqual([true, waiting])
    await ada.submits(page, { wantsTexts: 'on', wantsReminders: 'on' })
    expect((await changes()).length).toBe(2)
    expect((await ada.opens(paths.auth.account())).links).toContain(page)
  })

  it('is changed by programs as far as they say', async () => {
    const { status, body } = await ada.sends('patch', page, { wantsTexts: false })
    expect([status, body.wanted]).toEqual([200, { wantsReminders: true, wantsTexts: false }])
    expect((await ada.sends('patch', page, { wantsAgenda: true })).status).toBe(422)
    expect((await ada.sends('patch', page, { wantsTexts: 'perhaps' })).status).toBe(422)
  })

  it('has other choices for a doctor, and none for the front desk', async () => {
    const meera = await signedIn(app, doctor.user)
    expect((await meera.opens(page)).text).toContain('The day’s list each morning')
    await meera.submits(page, { wantsAgenda: 'on' })
    expect((await meera.asks(page)).body.wanted).toEqual({ wantsNews: false, wantsAgenda: true })
    const staff = await signedIn(app, await addUser('STAFF'))
    expect((await staff.opens(page)).status).toBe(403)
    expect((await staff.opens(paths.auth.account())).links).not.toContain(page)
  })

  it('says how to get texts to whoever has no number', async () => {
    const ben = await signedIn(app, await registerPatient())
    expect((await ben.opens(page)).text).toContain('Add your telephone number')
  })
})
