import { beforeAll, beforeEach, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { SIGNATURE_HEADER, sign } from '../../src/gateways/payments/signature.ts'
import { paths } from '../../src/paths.ts'
import { gatewaySecret, serveApp } from '../support/app.ts'
import { begins, decides, minutesLater, standingOf } from '../support/payer.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
let clinic: Awaited<ReturnType<typeof openClinic>>
let doctorId: string
let ada: Person
let paying: Awaited<ReturnType<typeof begins>>
let days = 2

beforeAll(async () => {
  clinic = await openClinic()
  doctorId = (await hireDoctor(clinic.id)).id
})
beforeEach(async () => {
  ada = await signedIn(app, await registerPatient())
  paying = await begins(ada, await addSlot(doctorId, clinic, { days: days++ }))
})

const events = async () => {
  const all = await db.auditEvent.findMany({ where: { appointmentId: paying.appointmentId }, orderBy: { id: 'asc' } })
  return all.map(({ event }) => event)
}
const booked = ['appointment.held', 'payment.started', 'appointment.booked', 'payment.succeeded']
const reference = () => paying.checkoutUrl.split('/').at(-1) ?? ''

interface Said {
  secret?: string
  at?: number
  paymentId?: string
  event?: string
}

/** A callback as the gateway writes it, or nearly. */
function calls({ secret = gatewaySecret, at = Date.now(), paymentId = paying.id, event = 'checkout.paid' }: Said = {}) {
  const body = JSON.stringify({ id: '1', event, checkout: { id: reference(), paymentId } })
  return visitor(app)
    .bare('post', paths.callbacks.test())
    .set('Content-Type', 'application/json')
    .set(SIGNATURE_HEADER, sign(body, secret, at))
    .send(body)
}

it('one that comes before the payer does books the time; coming back then only shows it', async () => {
  await decides(ada, paying.checkoutUrl, 'PAY', 'AT_ONCE')
  await expect.poll(() => standingOf(paying.id)).toBe('BOOKED SUCCESS')
  const back = await ada.opens(paths.booking.payments.return(paying.id))
  expect(back.location).toBe(paths.booking.appointments.show(paying.appointmentId))
  expect(await events()).toEqual(booked)
})

it('who comes back first has the time at once; the callback changes nothing, however often it comes', async () => {
  await decides(ada, paying.checkoutUrl)
  await ada.opens(paths.booking.payments.return(paying.id))
  expect(await standingOf(paying.id)).toBe('BOOKED SUCCESS')
  const answers = await Promise.all([calls(), calls(), calls()])
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
  expect(await events()).toEqual(booked)
})

it('ten callbacks and ten returns at once book it once', async () => {
  await decides(ada, paying.checkoutUrl)
  const returns = Array.from({ length: 10 }, () => ada.opens(paths.booking.payments.return(paying.id)))
  const answers = await Promise.all([...returns, ...Array.from({ length: 10 }, () => calls())])
  expect(answers.filter(({ status }) => status >= 400)).toEqual([])
  expect(await standingOf(paying.id)).toBe('BOOKED SUCCESS')
  expect(await events()).toEqual(booked)
  for (const kind of ['payment.receipt', 'appointment.booked', 'doctor.booked'])
    expect(
      await db.notification.count({ where: { ...{ kind, channel: 'EMAIL' }, appointmentId: paying.appointmentId } })
    ).toBe(1)
})

it.each([
  ['with another secret', { secret: 'guessed' }],
  ['long ago', { at: Date.now() - 3_600_000 }]
])('one that was signed %s is refused, and nothing is looked up', async (_, said) => {
  await decides(ada, paying.checkoutUrl)
  expect((await calls(said)).status).toBe(400)
  expect(await standingOf(paying.id)).toBe('HELD PENDING')
})

it('one without a signature is refused', async () => {
  await decides(ada, paying.checkoutUrl)
  const answer = await visitor(app).bare('post', paths.callbacks.test()).send({ event: 'checkout.paid' })
  expect([answer.status, await standingOf(paying.id)]).toEqual([400, 'HELD PENDING'])
})

it('one that says it was paid when it was not books nothing', async () => {
  expect((await calls()).status).toBe(204)
  expect(await standingOf(paying.id)).toBe('HELD PENDING')
})

it('one that says it was declined when it was paid takes nothing away', async () => {
  await decides(ada, paying.checkoutUrl)
  expect((await calls({ event: 'checkout.declined' })).status).toBe(204)
  expect(await standingOf(paying.id)).toBe('BOOKED SUCCESS')
})

it("one that names somebody else's payment changes that as its own checkout stands", async () => {
  const ben = await signedIn(app, await registerPatient())
  const other = await begins(ben, await addSlot(doctorId, clinic, { days: days++ }))
  await decides(ada, paying.checkoutUrl)
  expect((await calls({ paymentId: other.id })).status).toBe(204)
  expect(await standingOf(other.id)).toBe('HELD PENDING')
})

it.each([
  ['amount', { amountMinor: 1 }],
  ['currency', { currency: 'EUR' }]
])('another %s than asked for books nothing and goes back', async (_, data) => {
  await db.testCheckout.update({ where: { idempotencyKey: paying.id }, data })
  await decides(ada, paying.checkoutUrl)
  expect((await calls()).status).toBe(204)
  expect(await standingOf(paying.id)).toBe('EXPIRED SUCCESS WRONG_AMOUNT')
  await minutesLater(0)
  expect(await standingOf(paying.id)).toBe('EXPIRED REFUNDED WRONG_AMOUNT')
})

it('a declined payment frees its time at once', async () => {
  await decides(ada, paying.checkoutUrl, 'DECLINE', 'AT_ONCE')
  await expect.poll(() => standingOf(paying.id)).toBe('EXPIRED FAILED')
  expect(await events()).toContain('payment.failed')
})
