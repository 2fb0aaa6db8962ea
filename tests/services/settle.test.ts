import { Temporal } from 'temporal-polyfill'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import type { Standing } from '../../src/gateways/payments.ts'
import { useGateway } from '../../src/gateways/payments.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { cancelAppointment } from '../../src/services/appointments/cancel.ts'
import { changeHold } from '../../src/services/appointments/change-hold.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { rejectAppointment } from '../../src/services/appointments/reject.ts'
import { bookOrPay } from '../../src/services/payments/book-or-pay.ts'
import { collectPayment } from '../../src/services/payments/collect.ts'
import { refundPayment } from '../../src/services/payments/refund.ts'
import { settle } from '../../src/services/payments/settle.ts'
import { startPayment } from '../../src/services/payments/start.ts'
import { randomNumbers } from '../races/customer.ts'
import { PaperGateway } from '../races/paper-gateway.ts'
import { standingOf } from '../support/payer.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

let clinic: Awaited<ReturnType<typeof openClinic>>
let doctorId: string
let ada: Ctx
let desk: Ctx
let wish: { timeslotId: string }
let id: string
let appointmentId: string
let days = 2

const now = Temporal.Now.instant()
const ctxOf = (user: { id: string; role: 'PATIENT' | 'ADMIN' }): Ctx => ({
  ...systemCtx(now, 'test'),
  actor: { id: user.id, role: user.role, name: 'Ada Obi', clinicIds: [], doctorId: null }
})

beforeAll(async () => {
  useGateway(new PaperGateway(randomNumbers(1)))
  clinic = await openClinic()
  doctorId = (await hireDoctor(clinic.id)).id
  desk = ctxOf({ ...(await addUser('ADMIN')), role: 'ADMIN' })
})

/** Ada is on the gateway's page, with a card. */
beforeEach(async () => {
  ada = ctxOf({ ...(await registerPatient()), role: 'PATIENT' })
  wish = { timeslotId: (await addSlot(doctorId, clinic, { days: days++ })).id }
  id = await goesToPay('CARD')
  appointmentId = (await db.payment.findUniqueOrThrow({ where: { id } })).appointmentId
})

const goesToPay = async (paymentMethod: 'CARD' | 'UPI') =>
  (await startPayment(ada, { ...wish, paymentMethod })).paymentId

const says = (paymentId: string, said: Partial<Standing> = {}) =>
  settle(systemCtx(now, 'test'), paymentId, {
    ...{ reference: `paper-${paymentId}`, paymentId, state: 'PAID', isDeclined: false, currency: 'GBP' },
    ...{ transactionId: `money-${paymentId}`, receivedMinor: 6000, refundedMinor: 0, ...said }
  })
const declined = { state: 'FAILED', isDeclined: true, receivedMinor: 0 } as const

it('paid in full is booked, and stays so however often it is said', async () => {
  await says(id)
  await says(id)
  expect(await standingOf(id)).toBe('BOOKED SUCCESS')
})

it.each([
  ['another amount', { receivedMinor: 5999 }],
  ['another currency', { currency: 'EUR' }]
])('%s is owed back and books nothing', async (_, said) => {
  await says(id, said)
  expect(await standingOf(id)).toBe('EXPIRED SUCCESS WRONG_AMOUNT')
})

it('declined frees the time; paid after all, it is booked, as long as nobody else has it', async () => {
  await says(id, declined)
  expect(await standingOf(id)).toBe('EXPIRED FAILED')
  await says(id)
  await says(id, declined)
  expect(await standingOf(id)).toBe('BOOKED SUCCESS')
})

it.each([
  ['blocked', () => db.timeSlot.update({ where: { id: wish.timeslotId }, data: { isAvailable: false } })],
  ['taken', async () => bookAppointment(ctxOf({ ...(await registerPatient()), role: 'PATIENT' }), wish)],
  [
    'at a clinic that has closed',
    () => db.clinic.update({ where: { id: clinic.id }, data: { deactivatedAt: new Date() } })
  ]
])('money for a time that was given up and is %s is owed back', async (_, becomes) => {
  await says(id, declined)
  await becomes()
  await says(id)
  expect(await standingOf(id)).toBe('EXPIRED SUCCESS TIME_GONE')
  await db.clinic.update({ where: { id: clinic.id }, data: { deactivatedAt: null } })
})

it('money for a time that its payer has taken up again meanwhile books it', async () => {
  await says(id, declined)
  const again = await goesToPay('UPI')
  await says(id)
  expect([await standingOf(id), await standingOf(again)]).toEqual(['BOOKED SUCCESS', 'EXPIRED PENDING'])
})

it('a time is kept for thirty minutes while its payer is at the gateway, whatever they press', async () => {
  const until = async () => (await db.appointment.findUniqueOrThrow({ where: { id: appointmentId } })).holdExpiresAt
  const longest = await until()
  expect(longest?.valueOf()).toBe(now.add({ minutes: 30 }).epochMilliseconds)
  const { patientId } = await db.appointment.findUniqueOrThrow({ where: { id: appointmentId } })
  await holdTimeslot(ada, wish)
  await changeHold(ada, appointmentId, { patientId })
  expect(await until()).toEqual(longest)
})

it('nobody is sent to pay for a time that is all but over, or at another price than was shown', async () => {
  const createdAt = new Date(now.subtract({ minutes: 29 }).epochMilliseconds)
  await db.appointment.update({ where: { id: appointmentId }, data: { createdAt } })
  await expect(goesToPay('UPI')).rejects.toThrow('booking:refusal.holdGone')
  const shown = { ...wish, paymentMethod: 'PAY_AT_CLINIC', feeMinor: 5900 } as const
  await expect(bookOrPay(ada, shown)).rejects.toThrow('booking:refusal.priceChanged')
})

it('of two ways to pay the first that is paid counts, and the second goes back', async () => {
  const other = await goesToPay('UPI')
  expect(await standingOf(id)).toBe('HELD FAILED')
  await says(id)
  expect([await standingOf(id), await standingOf(other)]).toEqual(['BOOKED SUCCESS', 'BOOKED FAILED'])
  await says(other)
  expect([await standingOf(id), await standingOf(other)]).toEqual(['BOOKED SUCCESS', 'BOOKED SUCCESS PAID_TWICE'])
})

it('money for what was to be paid at the clinic takes its place; when it was paid there, it goes back', async () => {
  await bookAppointment(ada, wish)
  const atClinic = await db.payment.findFirstOrThrow({ where: { appointmentId, method: 'PAY_AT_CLINIC' } })
  await says(id)
  expect([await standingOf(id), await standingOf(atClinic.id)]).toEqual(['BOOKED SUCCESS', 'BOOKED FAILED'])
})

it('money for what was paid over the desk meanwhile goes back', async () => {
  await bookAppointment(ada, wish)
  const atClinic = await db.payment.findFirstOrThrow({ where: { appointmentId, method: 'PAY_AT_CLINIC' } })
  await collectPayment(desk, atClinic.id, { paidWith: 'CASH' })
  await says(id)
  expect([await standingOf(id), await standingOf(atClinic.id)]).toEqual(['BOOKED SUCCESS PAID_TWICE', 'BOOKED SUCCESS'])
})

it.each([
  ['cancelled', () => cancelAppointment(ada, appointmentId, { reason: 'Better now' }), 'CANCELLED'],
  ['turned down', () => rejectAppointment(desk, appointmentId, { reason: 'Away' }), 'REJECTED']
])('money that comes after the visit was %s goes back', async (_, ends, status) => {
  await bookAppointment(ada, wish)
  await ends()
  await says(id)
  expect(await standingOf(id)).toBe(`${status} SUCCESS TIME_GONE`)
})

it('what was paid goes back when the visit is turned down, and nobody can send it twice', async () => {
  await says(id)
  await rejectAppointment(desk, appointmentId, { reason: 'Away' })
  expect(await standingOf(id)).toBe('REJECTED SUCCESS REJECTED')
  await expect(refundPayment(desk, id, { reason: 'Again' })).rejects.toThrow('payments:refusal.refundDue')
  await says(id, { refundedMinor: 6000 })
  expect(await standingOf(id)).toBe('REJECTED REFUNDED REJECTED')
  await expect(refundPayment(desk, id, { reason: 'Again' })).rejects.toThrow('payments:refusal.refunded')
})

it('a visit to come is not refunded but cancelled; money sent back by hand at the gateway is due at the clinic', async () => {
  await says(id)
  await expect(refundPayment(desk, id, { reason: 'Kind' })).rejects.toThrow('payments:refusal.toCome')
  await says(id, { refundedMinor: 6000 })
  expect(await standingOf(id)).toBe('BOOKED REFUNDED AT_GATEWAY')
  const present = await db.payment.findFirstOrThrow({ where: { appointmentId, isCurrent: true } })
  expect([present.method, present.status]).toEqual(['PAY_AT_CLINIC', 'PENDING'])
})

it('what was shown is what is charged, though the fee rises meanwhile', async () => {
  await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 9900 } })
  const other = await goesToPay('UPI')
  expect((await db.payment.findUniqueOrThrow({ where: { id: other } })).amountMinor).toBe(6000)
  await db.doctor.update({ where: { id: doctorId }, data: { feeMinor: 6000 } })
})
