import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { paths } from '../../src/paths.ts'
import { onTheClock } from '../../src/scheduling/zone.ts'
import { sweep } from '../../src/services/settings/sweep.ts'
import { addVisit, clockIn, openClinicByDay, patientNamed } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addUser, hireDoctor, openClinic } from '../support/world.ts'

const app = serveApp()
const { messages, unreached } = paths.admin
let clinic: Awaited<ReturnType<typeof openClinic>>
let meera: Awaited<ReturnType<typeof hireDoctor>>
let tess: Person
let stranger: Person
let admin: Person
let count = 0

async function deskOf(clinicId: string, name: string) {
  const user = await addUser('STAFF', { name })
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return signedIn(app, user)
}

async function visit(name: string, days: number) {
  const patient = await patientNamed(name)
  await db.user.update({ where: { id: patient.id }, data: { phone: '+44 7700 900111' } })
  const time = `1${count++ % 9}:00`
  return { patient, visit: await addVisit({ clinic, doctorId: meera.id, patient, time, days }) }
}

type Of = Awaited<ReturnType<typeof visit>>

/** A message about it that could not be delivered. */
function failed({ patient, visit }: Of, said: Partial<Prisma.NotificationUncheckedCreateInput> = {}) {
  const at = new Date(Date.now() - 60_000)
  const about = { recipientId: patient.id, appointmentId: visit.id, clinicId: clinic.id, data: { sequence: 0 } }
  const went = { status: 'FAILED', attempts: 1, lastAttemptAt: at, sendAfter: at, createdAt: at } as const
  const row = { kind: 'appointment.booked', channel: 'EMAIL', dedupeKey: `un:${++count}` } as const
  return db.notification.create({
    data: { ...about, ...went, ...row, lastError: 'EENVELOPE 550 5.1.1 RCPT TO', ...said }
  })
}

const listed = async (who: Person) =>
  ((await who.asks(unreached())).body.messages as { to: { name: string } }[]).map(({ to }) => to.name)
const swept = () => sweep(systemCtx(Temporal.Now.instant(), 'test'))
const unseen = () => db.notification.count({ where: { status: 'FAILED', seenToAt: null } })

beforeAll(async () => {
  clinic = await openClinic({ name: 'Harbour Clinic' })
  meera = await hireDoctor(clinic.id, { name: 'Dr Meera Kulkarni' })
  tess = await deskOf(clinic.id, 'Tess Vane')
  stranger = await deskOf((await openClinic()).id, 'Olga Stern')
  admin = await signedIn(app, await addUser('ADMIN'))
})

describe('whoever was not reached', () => {
  it('stands there once for a visit, the soonest first, with whom to ring and why', async () => {
    expect((await tess.opens(unreached())).text).toContain('Everyone was reached')
    expect((await tess.opens(paths.admin.index())).$('.nav-count').length).toBe(0)
    const [late, soon] = [await visit('Ada Obi', 5), await visit('Ben Okri', 3)]
    await failed(late)
    await failed(late, { kind: 'appointment.reminder' })
    await failed(soon, { channel: 'SMS', lastError: 'TWILIO 400 21614' })

    expect(await listed(tess)).toEqual(['Ben Okri', 'Ada Obi'])
    const page = await tess.opens(unreached())
    expect(page.text).toMatch(/2 people could not be reached.*Ben Okri.*The phone number gets no texts.*Ada Obi/s)
    expect(page.text).toContain('E-mail: There is no such e-mail address')
    expect(page.links).toEqual(
      expect.arrayContaining(['tel:+447700900111', paths.admin.patients.edit(soon.patient.patientId)])
    )
    const today = await tess.opens(paths.admin.index())
    expect([today.$('.nav-count').text(), today.links.includes(unreached())]).toEqual(['2', true])
    expect(today.text).toContain('2 people could not be reached')
    expect([await listed(stranger), (await listed(admin)).length]).toEqual([[], 2])
  })

  it('leaves when told in another way, with all that failed to tell them of that visit', async () => {
    const { body } = await tess.asks(unreached())
    const [, ada] = body.messages as { id: string }[]
    const path = messages.settlement(ada?.id ?? '')
    expect((await tess.submits(path, { from: 'unreached' })).location).toBe(unreached())
    expect([await listed(tess), await unseen()]).toEqual([['Ben Okri'], 1])
    expect((await tess.sends('post', path)).status).toBe(200)
    const [event, ...more] = await db.auditEvent.findMany({ where: { event: 'message.settled' } })
    expect([event?.subjectId, event?.clinicId, more]).toEqual([ada?.id, clinic.id, []])
    expect((await tess.opens(messages.show(ada?.id ?? ''))).text).toMatch(/Told in another way.*Tess Vane/s)
  })

  it('leaves when it is sent again, and comes back when that fails, too', async () => {
    const { body } = await tess.asks(unreached())
    const [ben] = body.messages as { id: string }[]
    const again = await tess.sends('post', messages.resending(ben?.id ?? ''), { copies: 0 })
    expect([again.body.message.state, await listed(tess)]).toEqual(['WAITING', []])
    const { id } = again.body.message
    await db.notification.update({ where: { id }, data: { status: 'FAILED', lastError: 'TWILIO 400 21614' } })
    expect(await listed(tess)).toEqual(['Ben Okri'])
    await tess.sends('post', messages.settlement(id))
  })

  it('stands there with every way that failed, until each is made up for, and with what it said', async () => {
    const of = await visit('Hana Roth', 4)
    const data = { sequence: 0, from: '2031-11-24T10:00:00Z', startsAt: '2031-11-25T11:00:00Z' }
    const mail = await failed(of, { kind: 'appointment.moved', data })
    const before = { createdAt: new Date(Date.now() - 120_000), lastError: 'TWILIO 400 21614' }
    const text = await failed(of, { kind: 'appointment.moved', data, channel: 'SMS', ...before })
    const { body } = await tess.asks(unreached())
    expect([body.people, body.total, body.messages[0].others.length]).toEqual([1, 1, 1])
    const page = await tess.opens(unreached())
    expect(page.text).toMatch(/Appointment moved. Before: Mon 24 Nov 10:00 → Now: Tue 25 Nov 11:00/)
    expect(page.text).toMatch(/E-mail: There is no such e-mail address.*Text: The phone number gets no texts/s)
    expect(page.text).toMatch(/I have told them.*Send the e-mail again.*Send the text again/s)
    expect((await tess.opens(messages.show(mail.id))).text).toMatch(/What it said.*Only they can change the address/s)

    const { body: sent } = await tess.sends('post', messages.resending(mail.id), { copies: 0 })
    expect(await listed(tess)).toEqual(['Hana Roth'])
    expect((await tess.opens(messages.show(mail.id))).text).toContain('Sent again')
    await db.notification.update({ where: { id: sent.message.id }, data: { status: 'SENT', sentAt: new Date() } })
    const again = await tess.sends('post', messages.resending(mail.id), {})
    expect([again.status, again.body.errors[0].message]).toEqual([422, 'A copy of it was sent'])
    await tess.sends('post', messages.settlement(text.id))
    expect(await listed(tess)).toEqual([])
  })

  it('drops out when the visit has begun or has changed since; money and accounts stay', async () => {
    const [over, moved, paid] = [await visit('Cleo Park', -1), await visit('Dan Vale', 4), await visit('Ella Moss', -2)]
    await failed(over)
    await failed(moved)
    await failed(paid, { kind: 'payment.refunded' })
    await failed(paid, { kind: 'account.invited', appointmentId: null, clinicId: null })
    await db.appointment.update({ where: { id: moved.visit.id }, data: { sequence: 1 } })
    expect(await listed(tess)).toEqual(['Ella Moss'])
    expect(await listed(admin)).toEqual(['Ella Moss', 'Ella Moss'])
    const sent = await db.notification.findFirstOrThrow({ where: { kind: 'payment.refunded' } })
    const waits = await db.notification.create({
      data: {
        recipientId: sent.recipientId,
        clinicId: clinic.id,
        kind: 'x',
        channel: 'EMAIL',
        dedupeKey: 'x',
        sendAfter: new Date()
      }
    })
    const refused = await tess.sends('post', messages.settlement(waits.id))
    expect([refused.status, refused.body.errors[0].message]).toEqual([422, 'This message has not failed'])
    expect((await stranger.sends('post', messages.settlement(sent.id))).status).toBe(404)
  })
  it('is shown until the end of the day when they come in vain', async () => {
    const clinic = await openClinicByDay('Daylight Clinic')
    const { id: doctorId } = await hireDoctor(clinic.id)
    const desk = await deskOf(clinic.id, 'Joan Prosser')
    const hourAgo = onTheClock(new Date(Date.now() - 3_600_000), clinic.timeZone)
    async function not(name: string, kind: string, minutes: number, more: object = {}, status = 'BOOKED', days = 0) {
      const of = { clinic, doctorId, patient: await patientNamed(name), time: clockIn(clinic.timeZone, minutes), days }
      const visit = await addVisit({ ...of, status: status as 'BOOKED' })
      return failed({ ...of, visit }, { kind, clinicId: clinic.id, data: { sequence: 0, ...more } })
    }
    await not('Ada Obi', 'appointment.booked', -60)
    await not('Ben Okri', 'appointment.cancelled', -45, {}, 'CANCELLED')
    await not('Cleo Park', 'appointment.rejected', -30, {}, 'REJECTED')
    await not('Dan Vale', 'appointment.moved', 60, { from: hourAgo }, 'BOOKED', 3)
    await not('Ella Moss', 'appointment.cancelled', 60, {}, 'CANCELLED', -1)
    await not('Finn Ray', 'doctor.cancelled', 5, { formerDoctorId: doctorId, startsAt: hourAgo }, 'COMPLETED')
    const names = ['Ben Okri', 'Cleo Park', 'Dan Vale', 'Finn Ray']
    expect((await listed(desk)).toSorted()).toEqual(names)
    expect(await listed(desk)).toEqual(['Dan Vale', 'Finn Ray', 'Ben Okri', 'Cleo Park'])
    await swept()
    expect((await listed(desk)).toSorted()).toEqual(names)
  })

  it('is looked for among few: what matters no more is closed, and the list of messages says so', async () => {
    await swept()
    const closed = await db.notification.findMany({ where: { closedAt: { not: null } }, include: { recipient: true } })
    const names = closed.map(({ recipient }) => recipient?.name).sort()
    expect(names).toEqual(['Ada Obi', 'Cleo Park', 'Dan Vale', 'Ella Moss'])
    expect(await listed(tess)).toEqual(['Ella Moss'])
    const about = await tess.asks(messages.index({ state: 'CLOSED' }))
    expect(about.body.total).toBe(2)
    const page = await tess.opens(messages.show(about.body.messages[0].id))
    expect(page.text).toMatch(/No longer matters.*There is no such e-mail address/s)
    expect(page.text).not.toContain('I have told them')
  })

  it('has other times to choose from still to be told, whatever else was', async () => {
    const of = await visit('Gina Lund', 6)
    const booked = await failed(of)
    const proposed = await failed(of, { kind: 'appointment.proposed' })
    const later = await failed(of, { kind: 'appointment.confirmed' })
    expect(await listed(tess)).toEqual(['Gina Lund', 'Gina Lund', 'Ella Moss'])
    const seen = () => db.notification.count({ where: { appointmentId: of.visit.id, seenToAt: { not: null } } })
    await tess.sends('post', messages.resending(booked.id), { copies: 0 })
    expect(await seen()).toBe(1)
    await tess.sends('post', messages.settlement(later.id))
    expect(await seen()).toBe(2)
    await tess.sends('post', messages.settlement(proposed.id))
    expect([await seen(), await listed(tess)]).toEqual([3, ['Ella Moss']])
  })
})
