import { register } from 'prom-client'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { countHours } from '../../src/services/analytics/count-hours.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { serveApp } from '../support/app.ts'
import { pagesOf } from '../support/pdf.ts'
import { type Person, signedIn } from '../support/person.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { analytics } = paths.admin
const today = Temporal.Now.plainDateISO('Europe/London')
const [from, to] = [today.subtract({ days: 4 }).toString(), today.subtract({ days: 1 }).toString()]
const days = { from, to }

let desk: Person
let admin: Person
let here: { id: string; timeZone: string }
let elsewhere: { id: string; timeZone: string }
let stranger: { id: string }

beforeAll(async () => {
  here = await openClinic({ name: 'Riverside' })
  elsewhere = await openClinic({ name: 'Hillside', timeZone: 'America/New_York', currency: 'USD' })
  const doctor = await hireDoctor(here.id, { name: 'Dr Meera Kulkarni', feeMinor: 6000 })
  stranger = await hireDoctor(elsewhere.id, { name: 'Dr Else Where' })
  const patient = await registerPatient()
  const visit = (days: number, time: string, status: 'COMPLETED' | 'NO_SHOW' | 'CANCELLED' | 'BOOKED') =>
    addVisit({ clinic: here, doctorId: doctor.id, patient, days, time, status })
  await visit(-2, '09:00', 'COMPLETED')
  await visit(-2, '09:20', 'COMPLETED')
  await visit(-3, '14:00', 'NO_SHOW')
  await visit(-6, '09:00', 'COMPLETED')
  await addSlot(doctor.id, here, { days: -2, time: '10:00' })
  await addVisit({ clinic: elsewhere, doctorId: stranger.id, patient, days: -2, time: '09:00', status: 'COMPLETED' })
  await db.appointment.updateMany({ data: { feeMinor: 6000 } })
  await db.appointment.updateMany({ where: { clinicId: elsewhere.id }, data: { currency: 'USD' } })
  for (const [at, { id, clinicId, status, currency }] of (
    await db.appointment.findMany({ orderBy: { startsAt: 'asc' } })
  ).entries())
    await db.payment.create({
      data: {
        ...{ reference: `PAID-${at}`, appointmentId: id, clinicId, method: 'PAY_AT_CLINIC' as const },
        ...{ amountMinor: 6000, currency },
        ...{ status: 'SUCCESS', receivedMinor: 6000, paidAt: new Date() },
        ...(status === 'NO_SHOW' && {
          status: 'REFUNDED',
          refundDueAt: new Date(),
          refundedAt: new Date(),
          refundCause: 'STAFF'
        })
      }
    })
  await countHours()

  const staff = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: staff.id, clinicId: here.id } })
  desk = await signedIn(app, staff)
  admin = await signedIn(app, await addUser('ADMIN'))
})

describe('reports', () => {
  it('count the days asked for, and as many before', async () => {
    const { body } = await desk.asks(analytics.show(days))
    expect(body.totals).toMatchObject({ booked: 3, completed: 2, missed: 1, cancelled: 0, visitMinutes: 20 })
    expect(body.totals).toMatchObject({ offeredMinutes: 50, fees: [{ amountMinor: 12000, currency: 'GBP' }] })
    expect(body.totals).toMatchObject({
      received: [{ amountMinor: 18000, currency: 'GBP' }],
      refunded: [{ amountMinor: 6000, currency: 'GBP' }],
      revenue: [{ amountMinor: 12000, currency: 'GBP' }]
    })
    expect(body.totalsBefore.revenue).toEqual([{ amountMinor: 6000, currency: 'GBP' }])
    expect(body.byDoctor[0].revenue).toEqual([{ amountMinor: 12000, currency: 'GBP' }])
    const revenues = body.overTime.now.map(({ revenue }: { revenue: object[] }) => revenue)
    expect(revenues[1]).toEqual([{ amountMinor: 0, currency: 'GBP' }])
    expect(body.totals.missedShare).toBeCloseTo(1 / 3)
    expect(body.totals.utilisation).toBe(0.4)
    expect(body.totalsBefore).toMatchObject({ booked: 1, completed: 1 })
    expect(body.before).toEqual({
      from: today.subtract({ days: 8 }).toString(),
      to: today.subtract({ days: 5 }).toString()
    })
    expect(body.overTime.now.map(({ booked }: { booked: number }) => booked)).toEqual([0, 1, 2, 0])
    expect(body.byHour).toContainEqual(expect.objectContaining({ hour: 14, booked: 1 }))
  })

  it('say the same on the page, with what each number means', async () => {
    const page = await desk.opens(analytics.show(days))
    expect(page.text).toContain('3 visits booked +2')
    expect(page.text).toContain('40% of offered time used')
    expect(page.text).toContain('£120 revenue +100%')
    expect(page.text).toContain('£60 of it refunded')
    expect(page.text).toContain('What the numbers mean')
    expect(page.$('svg[role=img] > title').length).toBeGreaterThan(3)
    expect(page.text).not.toContain('The system')
    expect((await admin.opens(analytics.show(days))).text).toContain('The system')
  })

  it('tell the front desk of its own clinics only', async () => {
    const own = await desk.opens(analytics.show(days))
    expect(own.html).not.toMatch(/Hillside|Else Where/)
    expect((await desk.asks(analytics.show({ clinicId: elsewhere.id }))).status).toBe(404)
    expect((await desk.asks(analytics.csv({ doctorId: stranger.id }))).status).toBe(404)
    expect((await desk.asks(analytics.pdf({ clinicId: elsewhere.id }))).status).toBe(404)
    expect((await desk.bare('get', analytics.csv(days))).text).not.toMatch(/Hillside|Else Where/)
  })

  it('add up everywhere for an admin, each currency for itself', async () => {
    const { body } = await admin.asks(analytics.show(days))
    expect(body.totals.booked).toBe(4)
    expect(body.totals.fees).toEqual([
      { amountMinor: 6000, currency: 'USD' },
      { amountMinor: 12000, currency: 'GBP' }
    ])
    expect(body.totals.revenue).toEqual(body.totals.fees)
    expect((await admin.opens(analytics.show(days))).text).toContain('GBP £120 £180 £60 £120')
    expect((await admin.asks(analytics.show({ ...days, doctorId: stranger.id }))).body.totals.booked).toBe(1)
  })

  it('come as a table for a spreadsheet and on paper, with the same numbers', async () => {
    const [head, ...rows] = (await desk.bare('get', analytics.csv(days))).text.replaceAll('"', '').trim().split('\r\n')
    expect(head).toContain('Day,Hour,Clinic,City,Doctor,Booked')
    expect(rows.map(row => row.split(',')[5])).toEqual(['1', '2', '0'])
    expect(rows[1]).toMatch(/,9,Riverside,Bristol,Dr Meera Kulkarni,2,2,.*,120\.00,120\.00,0\.00,120\.00,GBP$/)

    const pdf = await desk.bare('get', analytics.pdf(days)).buffer(true)
    const said = pagesOf(pdf.body).join(' ')
    expect(said).toContain('Riverside')
    expect(said).toMatch(/Booked\s*3\s*1 before/)
    expect(said).toMatch(/Revenue\s*£120\s*£60 before/)
  })

  it('say so when there is nothing', async () => {
    const page = await desk.opens(analytics.show({ from: '2020-01-01', to: '2020-01-31' }))
    expect(page.text).toContain('No numbers for these days')
    expect((await desk.asks(analytics.show({ period: 'decade' }))).status).toBe(400)
  })
})

it('the first page of the day compares today with last week', async () => {
  const { body } = await desk.asks(paths.admin.index())
  expect(body.lately.days.at(-3)).toEqual({ from: today.subtract({ days: 2 }).toString(), visits: 2 })
  expect(body.lately.ever).toMatchObject({ booked: 4, completed: 3, missed: 1 })
  expect(body.lately.busiest).toEqual([expect.objectContaining({ name: 'Dr Meera Kulkarni', visits: 4 })])
  expect(body.totals).toMatchObject({ clinics: 1, doctors: 1, patients: 1, staff: 1 })
  const page = await desk.opens(paths.admin.index())
  expect(page.links).toContain(paths.admin.appointments.add())
})

it('administrators see what a gateway has still to say, and that it is stuck', async () => {
  expect((await admin.asks(analytics.show(days))).body.system.waiting.refunds).toEqual({
    count: 0,
    since: null,
    isStuck: false
  })
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
  const appointment = await db.appointment.findFirstOrThrow({ where: { clinicId: elsewhere.id } })
  const online = { method: 'CARD', gateway: 'test', amountMinor: 6000, currency: 'USD', isCurrent: false } as const
  const common = { ...online, appointmentId: appointment.id, clinicId: elsewhere.id, nextLookAt: ago(0) }
  await db.payment.create({ data: { ...common, reference: 'WAITS', createdAt: ago(5) } })
  expect((await admin.opens(analytics.show(days))).text).not.toContain('More than an hour')

  const paid = {
    status: 'SUCCESS',
    receivedMinor: 6000,
    paidAt: ago(90),
    refundDueAt: ago(70),
    refundCause: 'PAID_TWICE'
  } as const
  await db.payment.create({ data: { ...common, ...paid, reference: 'OWED', createdAt: ago(91) } })
  const page = await admin.opens(analytics.show(days))
  expect(page.text).toMatch(/Payments waiting for the gateway 1 .*Refunds on their way 1 More than an hour/)
  expect(page.text).toContain('Something has waited for the payment gateway for more than an hour.')

  const said = await register.getSingleMetric('docket_payments_outstanding')?.get()
  expect(said?.values.map(({ labels, value }) => [labels.kind, value])).toEqual([
    ['payment', 1],
    ['refund', 1]
  ])
})
