import { beforeEach, expect, it, onTestFailed } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { useGateway } from '../../src/gateways/payments.ts'
import type { TimeSlot } from '../../src/generated/client.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { randomNumbers } from './customer.ts'
import { expectOrder } from './order.ts'
import { PaperGateway } from './paper-gateway.ts'
import { call, Payer, timeGoesOn } from './payer.ts'

const operations = Number(process.env.OPERATIONS ?? 600)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
let gateway: PaperGateway
let payers: Payer[]

beforeEach(async () => {
  onTestFailed(() => console.error(`Again with SEED=${seed} OPERATIONS=${operations}`))
  const random = randomNumbers(seed)
  gateway = new PaperGateway(random)
  useGateway(gateway)
  const clinic = await openClinic({ cancellationNoticeMinutes: 0 })
  const slots: TimeSlot[] = []
  for (const doctor of [await hireDoctor(clinic.id), await hireDoctor(clinic.id)])
    for (const hour of ['09', '10', '11', '12', '13', '14', '15', '16'])
      slots.push(await addSlot(doctor.id, clinic, { days: 25, time: `${hour}:00` }))
  const world = { slots, gateway, random, admin: (await addUser('ADMIN')).id }
  payers = await Promise.all(Array.from({ length: 12 }, async () => new Payer(world, await registerPatient())))
})

it(`money and time agree after ${operations} random steps of twelve payers, a desk and an unsteady gateway`, {
  timeout: 900_000
}, async () => {
  gateway.faults = { out: 0.1, lost: 0.05, slow: 0.3 }
  let left = operations
  await Promise.all(
    payers.map(async payer => {
      while (left-- > 0) await payer.act()
    })
  )
  await calmDown()

  await expectOrder()
  await expectPaidIsLive()
  await expectSameBooks()
})

/** The gateway is well again, says all that it owes, and the jobs have run until nothing is left to do. */
async function calmDown() {
  gateway.faults = { out: 0, lost: 0, slow: 0 }
  for (let hours = 0; hours < 3; hours++) await timeGoesOn(70)
  for (const notice of gateway.owed.splice(0)) await call({ ...notice, signature: 'paper' })
  for (let hours = 0; hours < 3; hours++) await timeGoesOn(70)
}

/** Each finds appointments whose money and time disagree. */
const disagreements = {
  'it takes place and is neither paid nor to be paid at the clinic': `
    SELECT a.id, a.status FROM appointments a WHERE a.status IN ('BOOKED', 'CONFIRMED') AND NOT EXISTS (
      SELECT FROM payments p WHERE p.appointment_id = a.id AND p.is_current AND p.refund_due_at IS NULL
        AND (p.status = 'SUCCESS' AND p.received_minor = a.fee_minor OR p.method = 'PAY_AT_CLINIC' AND p.status = 'PENDING'))`,
  'it does not take place and its money was kept': `
    SELECT a.id, a.status FROM appointments a JOIN payments p ON p.appointment_id = a.id
    WHERE a.status NOT IN ('BOOKED', 'CONFIRMED') AND p.status = 'SUCCESS'
      AND (p.gateway IS NOT NULL OR p.refund_due_at IS NULL)`,
  'it was paid twice': `
    SELECT appointment_id FROM payments WHERE status = 'SUCCESS' AND refund_due_at IS NULL
    GROUP BY 1 HAVING count(*) > 1`,
  'it is still held': `SELECT id FROM appointments WHERE status = 'HELD'`,
  'a payment is still open': `
    SELECT status, failure, refund_cause, gateway_reference, failed_looks, method FROM payments WHERE next_look_at IS NOT NULL OR (gateway IS NOT NULL AND status = 'PENDING')`
}

async function expectPaidIsLive() {
  for (const [what, sql] of Object.entries(disagreements)) expect((await pool.query(sql)).rows, what).toEqual([])
}

/** What the gateway took and gave back is what we say it did, payment by payment and in all. */
async function expectSameBooks() {
  const payments = await db.payment.findMany({ where: { gateway: 'test', gatewayReference: { not: null } } })
  const ours = new Map(payments.map(payment => [payment.gatewayReference, payment]))
  for (const { reference, state, received, refunded } of gateway.books.values()) {
    const payment = ours.get(reference)
    if (!payment) expect(state, `${reference} is unknown`).toBe('OPEN')
    else
      expect(
        { taken: payment.receivedMinor ?? 0, back: payment.status === 'REFUNDED' ? payment.receivedMinor : 0 },
        reference
      ).toEqual({ taken: received, back: refunded })
    if (payment) expect(state, reference).not.toBe('OPEN')
  }
  const states = new Set(payments.map(({ status }) => status))
  expect(states).toEqual(new Set(['SUCCESS', 'FAILED', 'REFUNDED']))
}
