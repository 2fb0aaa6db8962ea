import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { startListening } from '../../src/database/events.ts'
import { type PaymentGateway, paymentGateway, useGateway } from '../../src/gateways/payments.ts'
import { paths } from '../../src/paths.ts'
import { settings, settingsSchema } from '../../src/services/settings/settings.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const usual = settingsSchema.parse({})
const page = paths.admin.settings()
let admin: Person

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
})

afterEach(async () => {
  await admin.sends('post', page, { paymentMethods: usual.paymentMethods })
})

const changes = async () =>
  (await db.auditEvent.findFirst({ where: { event: 'settings.changed' }, orderBy: { id: 'desc' } }))?.data

describe('the settings', () => {
  it('are their defaults until somebody changes them, and only what differs is kept', async () => {
    expect((await admin.asks(page)).body).toMatchObject({ settings: usual, defaults: usual })
    const fields = (await admin.opens(page)).$('main form [name]:not([name=_csrf])')
    expect(new Set(fields.toArray().map(each => each.attribs.name))).toEqual(new Set(Object.keys(usual)))

    const saved = await admin.submits(page, {
      ...usual,
      isUnderMaintenance: '',
      holdMinutes: '15',
      bookingWindowDays: ''
    })
    expect([saved.status, saved.location]).toEqual([303, page])
    expect(await db.setting.findMany({ select: { key: true, value: true } })).toEqual([
      { key: 'holdMinutes', value: 15 }
    ])
    expect(await changes()).toEqual({ changes: { holdMinutes: [10, 15] } })
    expect((await admin.opens(page)).text).toContain('Changed; the default is 10 minutes.')

    await admin.sends('patch', page, { holdMinutes: 10 })
    expect(await db.setting.count()).toBe(0)
  })

  it('stay within their bounds, and keep what was typed', async () => {
    const refused = await admin.submits(page, {
      ...usual,
      isUnderMaintenance: '',
      holdMinutes: '0',
      bookingWindowDays: 'x'
    })
    expect(refused.status).toBe(422)
    expect(refused.problems).toEqual(['Enter a number from 1 to 60', 'Enter a whole number'])
    expect(refused.field('Booking window').value).toBe('x')

    const answer = await admin.sends('patch', page, { holdMinutes: 45 })
    const message = 'Enter at least as many minutes as a chosen time is kept (45)'
    expect([answer.status, answer.body.errors]).toEqual([422, [{ field: 'holdMinutesAtMost', message }]])
  })

  it('say when people are reminded and when they are left in peace', async () => {
    const form = {
      ...usual,
      isUnderMaintenance: '',
      firstReminderHours: '0',
      lastReminderHours: '25h',
      quietUntilHour: '24'
    }
    const refused = await admin.submits(page, form)
    expect([refused.status, refused.problems]).toEqual([422, ['Enter a whole number', 'Enter a number from 0 to 23']])
    expect(refused.field('Last reminder').value).toBe('25h')
    expect((await admin.submits(page, { ...form, lastReminderHours: '3', quietUntilHour: '21' })).status).toBe(303)
    expect(await settings()).toEqual({ ...usual, firstReminderHours: 0, lastReminderHours: 3, quietUntilHour: 21 })
    expect((await admin.opens(page)).text).toContain('Changed; the default is 24 hours.')

    expect((await admin.opens(page)).text).not.toContain('comes too late')
    await openClinic({ cancellationNoticeMinutes: 1440 })
    expect((await admin.opens(page)).text).toContain(
      'Clinics with a notice of 24 hours or more: a reminder 3 hours before comes too late to cancel online.'
    )
    const { firstReminderHours, lastReminderHours, quietUntilHour } = usual
    const back = await admin.sends('patch', page, { firstReminderHours, lastReminderHours, quietUntilHour })
    expect([back.status, back.body.settings]).toEqual([200, usual])
  })

  it('are what the form of a new clinic begins with', async () => {
    await admin.sends('patch', page, { bookingWindowDays: 90, cancellationNoticeMinutes: 1440 })
    const form = await admin.opens(paths.admin.clinics.add())
    expect(form.field('Booking window').value).toBe('90')
    expect(form.$('#field-cancellationNoticeMinutes option[selected]').text()).toBe('1 day')
  })

  it('lose nothing when two change different ones at once', async () => {
    for (const at of [1, 2, 3, 4]) {
      const two = [{ holdMinutes: 10 + at }, { bookingWindowDays: 30 + at }]
      const answers = await Promise.all(two.map(each => admin.sends('patch', page, each)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(await settings()).toEqual({ ...usual, ...two[0], ...two[1] })
    }
  })

  it('fall back to the default, one by one, when a row no longer fits', async () => {
    const rows = { holdMinutes: 'ten', openAppointmentsPerPatient: 9, fromAnOlderVersion: 1 }
    await db.setting.createMany({ data: Object.entries(rows).map(([key, value]) => ({ key, value })) })
    expect(await settings()).toEqual({ ...usual, openAppointmentsPerPatient: 9 })
    await db.setting.deleteMany()
  })
})

describe('what patients can pay with', () => {
  const gateway = paymentGateway()
  const playing = (methodsFor: PaymentGateway['methodsFor']) => useGateway({ ...gateway, methodsFor } as PaymentGateway)
  afterEach(() => useGateway(gateway))
  const chosen = (...paymentMethods: string[]) => ({ ...usual, isUnderMaintenance: '', paymentMethods })

  it('is ticked, at least one, kept by value and written down', async () => {
    const none = await admin.submits(page, chosen())
    expect([none.status, none.problems]).toEqual([422, ['Choose at least one way to pay']])

    expect((await admin.submits(page, chosen('PAY_AT_CLINIC', 'UPI'))).status).toBe(303)
    expect((await settings()).paymentMethods).toEqual(['UPI', 'PAY_AT_CLINIC'])
    expect(await changes()).toMatchObject({
      changes: { paymentMethods: [expect.any(Array), ['PAY_AT_CLINIC', 'UPI']] }
    })
    const shown = await admin.opens(page)
    const ticked = shown.$('[name=paymentMethods][checked]').toArray()
    expect(ticked.map(each => each.attribs.value)).toEqual(['UPI', 'PAY_AT_CLINIC'])
    expect(shown.text).toContain('Online payments go through the test gateway')

    await admin.sends('patch', page, { paymentMethods: [...usual.paymentMethods].reverse() })
    expect(await db.setting.count()).toBe(0)
  })

  it('is never nothing that could really be paid with', async () => {
    const clinic = await openClinic({ currency: 'GBP' })
    playing(currency => (currency === 'INR' ? ['UPI', 'CARD'] : ['CARD']))
    const upi = await admin.submits(page, chosen('UPI'))
    expect([upi.status, upi.problems[0]]).toEqual([422, expect.stringContaining('paid with in GBP')])
    expect(upi.$('[name=paymentMethods][checked]').attr('value')).toBe('UPI')
    expect((await admin.sends('patch', page, { paymentMethods: ['CARD'] })).status).toBe(200)

    useGateway(null)
    const afar = await admin.sends('patch', page, { paymentMethods: ['CARD', 'UPI'] })
    const message = 'No payment gateway is set up: tick “Pay at the clinic”'
    expect([afar.status, afar.body.errors]).toEqual([422, [{ field: 'paymentMethods', message }]])
    expect((await admin.sends('patch', page, { holdMinutes: 12 })).status).toBe(200)
    expect((await admin.opens(page)).text).toContain('patients can only pay at the clinic')
    await db.clinic.delete({ where: { id: clinic.id } })
  })
})

describe('a process that hears of changes', () => {
  let stop: () => Promise<void>
  beforeAll(async () => {
    stop = (await startListening(String(pool.options.connectionString))).stop
  })
  afterAll(() => stop())

  it('keeps the settings in memory and drops them when another process changes one', async () => {
    await expect.poll(() => settings()).toEqual(usual)
    await db.$executeRaw`INSERT INTO settings (key, value, updated_at) VALUES ('holdMinutes', '20', now())`
    expect((await settings()).holdMinutes).toBe(10)

    await db.$executeRaw`INSERT INTO audit_events (at, event, actor_role, subject_type, request_id)
      VALUES (now(), 'settings.changed', 'ADMIN', 'settings', 'elsewhere')`
    await expect.poll(async () => (await settings()).holdMinutes).toBe(20)
  })
})

describe('maintenance', () => {
  it('is told to visitors and patients, while the team works', async () => {
    const clinic = await openClinic()
    const patient = await signedIn(app, await registerPatient())
    const doctor = await signedIn(app, (await hireDoctor(clinic.id)).user)
    await admin.sends('patch', page, { isUnderMaintenance: true })

    for (const who of [visitor(app), patient])
      for (const path of [paths.home(), paths.booking.doctors.index(), paths.booking.appointments.index()]) {
        const shown = await who.opens(path)
        expect([shown.status, shown.heading, shown.headers['retry-after']]).toEqual([503, 'Back soon', '600'])
        expect(shown.links).toContain(`tel:${clinic.phone.replace(/[^+\d]/g, '')}`)
      }
    const problem = await patient.asks(paths.booking.appointments.index())
    expect([problem.status, problem.type]).toEqual([503, 'application/problem+json'])

    for (const path of [paths.admin.login(), paths.auth.login(), paths.auth.session()])
      expect([path, (await visitor(app).opens(path)).status]).toEqual([path, 200])
    const eve = { name: 'Eve Moss', email: 'eve@docket.example', password: 'copper lantern tuesday' }
    const joins = async (more = {}) =>
      (await visitor(app).sends('post', paths.auth.register(), { ...eve, ...more })).status
    expect([await joins(), await joins({ invitation: 'no such code' })]).toEqual([503, 422])
    const links = [paths.auth.register({ invitation: 'no' }), paths.auth.reset({ code: 'no' })]
    for (const path of links) expect([path, (await visitor(app).opens(path)).status]).toEqual([path, 404])
    expect((await patient.opens(paths.auth.account())).status).toBe(503)
    expect((await visitor(app).bare('get', paths.health.ready())).status).toBe(200)
    const day = await doctor.opens(paths.doctor.schedule.index())
    expect([day.status, day.text]).toEqual([200, expect.stringContaining('Maintenance is on')])
    expect(day.links).not.toContain(page)
    expect((await admin.opens(paths.admin.index())).links).toContain(page)
  })
})
