import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { newReference } from '../../src/services/appointments/reference.ts'
import { addSlot, hireDoctor, openClinic, registerPatient } from '../support/world.ts'

let appointmentId: string
let clinic: Awaited<ReturnType<typeof openClinic>>
const now = new Date()
const paid = { status: 'SUCCESS', paid_at: now, received_minor: 6000, transaction_id: 'T-1' }
const owed = { refund_due_at: now, refund_cause: 'STAFF' }

/** A visit for 60.00, with nothing paid. */
beforeEach(async () => {
  clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  const { id: timeslotId, doctorId, clinicId, startsAt, endsAt } = await addSlot(doctor.id, clinic)
  const { id: bookedById, patientId } = await registerPatient()
  const slot = { timeslotId, doctorId, clinicId, startsAt, endsAt }
  const data = { ...slot, patientId, bookedById, reference: newReference(), feeMinor: 6000, currency: 'GBP' }
  appointmentId = (await db.appointment.create({ data: { ...data, status: 'BOOKED' } })).id
})

it('an appointment has one present payment, and money that is not on its way back once', async () => {
  expect(await pay({})).toBe('accepted')
  expect(await pay({})).toBe('23505 payments_current')
  expect(await pay({ is_current: false, ...paid })).toBe('accepted')
  expect(await pay({ is_current: false, ...paid, transaction_id: 'T-2' })).toBe('23505 payments_paid_once')
  expect(await pay({ is_current: false, ...paid, ...owed, transaction_id: 'T-2' })).toBe('accepted')
})

it.each([
  ['money has a time', { status: 'SUCCESS' }, 'payments_paid'],
  ['money has an amount', { status: 'SUCCESS', paid_at: now }, 'payments_paid'],
  ['an amount is something', { ...paid, received_minor: 0, ...owed }, 'payments_received'],
  ['another amount than asked for goes back', { ...paid, received_minor: 5999 }, 'payments_in_full'],
  ['what failed says why', { status: 'FAILED' }, 'payments_failed'],
  ['only what failed does', { failure: 'DECLINED' }, 'payments_failed'],
  ['nothing unpaid goes back', owed, 'payments_refund_due'],
  ['money goes back for a cause', { ...paid, refund_due_at: now }, 'payments_refund_due'],
  ['what went back was owed', { ...paid, status: 'REFUNDED', refunded_at: now }, 'payments_refunded'],
  ['what went back did so at a time', { ...paid, ...owed, status: 'REFUNDED' }, 'payments_refunded'],
  ['no gateway takes cash', { method: 'PAY_AT_CLINIC' }, 'payments_at_clinic'],
  ['a card is charged by a gateway', { gateway: null }, 'payments_at_clinic'],
  ['a gateway is not paid over the desk', { paid_with: 'CASH', ...paid }, 'payments_at_clinic']
])('%s', async (_, said, check) => {
  expect(await pay(said)).toBe(`23514 ${check}`)
})

it.each([
  ['what it was for and how much', 'amount_minor = 1'],
  ['its currency', `currency = 'EUR'`],
  ['how it was paid', `method = 'UPI'`],
  ['which checkout it was', `gateway_reference = 'another'`],
  ['that money came', `status = 'PENDING', paid_at = NULL, received_minor = NULL, transaction_id = NULL`],
  ['how much came', 'received_minor = 1']
])('of a payment stays: %s', async (_, change) => {
  expect(await pay(paid)).toBe('accepted')
  expect(await sent(`UPDATE payments SET ${change}`)).toBe('23001')
})

it('what went back is over, and what is owed stays owed', async () => {
  expect(await pay({ ...paid, ...owed })).toBe('accepted')
  expect(await sent('UPDATE payments SET refund_due_at = NULL, refund_cause = NULL')).toBe('23001')
  expect(await sent(`UPDATE payments SET status = 'REFUNDED', refunded_at = now()`)).toBe('accepted')
  for (const lost of ['refund_due_at = NULL, refund_cause = NULL', `refund_due_at = now()`, `gateway = NULL`])
    expect(await sent(`UPDATE payments SET ${there}, ${lost}`), lost).toBe('23001')
  for (const status of ['PENDING', 'FAILED'])
    expect(await sent(`UPDATE payments SET status = '${status}', refunded_at = NULL`)).toBe('23001')
})

it('what went back and was turned down is there again, and owed as before; but not what was handed over a desk', async () => {
  const back = { status: 'REFUNDED', refunded_at: now }
  expect(await pay({ ...paid, ...owed, ...back })).toBe('accepted')
  expect(await sent(`UPDATE payments SET status = 'SUCCESS'`)).toBe('23001')
  expect(await sent(`UPDATE payments SET ${there}`)).toBe('accepted')
  expect(await sent('UPDATE payments SET is_current = false')).toBe('accepted')
  expect(await sent(`UPDATE payments SET status = 'REFUNDED', refunded_at = now()`)).toBe('accepted')

  const desk = { method: 'PAY_AT_CLINIC', gateway: null, gateway_reference: null, transaction_id: null }
  expect(await pay({ ...paid, ...owed, ...back, ...desk })).toBe('accepted')
  expect(await sent(`UPDATE payments SET ${there}`)).toBe('23001')
})

it('payments are kept', async () => {
  expect(await pay(paid)).toBe('accepted')
  expect(await sent('DELETE FROM payments')).toBe('23001')
})

const there = `status = 'SUCCESS', refunded_at = NULL`

const columns = () => ({
  ...{ appointment_id: appointmentId, clinic_id: clinic.id, reference: newReference(), method: 'CARD' },
  ...{ amount_minor: 6000, currency: 'GBP' },
  ...{ gateway: 'test', gateway_reference: randomUUID() }
})

function pay(said: Record<string, unknown>) {
  const all = Object.entries({ ...columns(), ...said })
  const names = all.map(([name]) => name)
  return sent(
    `INSERT INTO payments (${names}) VALUES (${names.map((_, at) => `$${at + 1}`)})`,
    all.map(([, value]) => value)
  )
}

/** Of this appointment alone: each test has its own. */
const sent = (text: string, values: unknown[] = []) =>
  pool.query(text.startsWith('INSERT') ? text : `${text} WHERE appointment_id = '${appointmentId}'`, values).then(
    () => 'accepted',
    ({ code, constraint }) => [code, constraint].filter(Boolean).join(' ')
  )
