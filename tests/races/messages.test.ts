import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { useMail } from '../../src/gateways/email.ts'
import { mailServer } from '../support/mail-server.ts'
import { addSlot, addUser, hireDoctor, openClinic, registerPatient } from '../support/world.ts'
import { randomNumbers } from './customer.ts'
import { PostOffice } from './post-office.ts'

const operations = Number(process.env.OPERATIONS ?? 250)
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
let server: Awaited<ReturnType<typeof mailServer>>
let office: PostOffice

beforeAll(async () => {
  server = await mailServer()
  const random = randomNumbers(seed)
  const clinic = await openClinic({ cancellationNoticeMinutes: 0 })
  const doctors = [await hireDoctor(clinic.id), await hireDoctor(clinic.id)]
  const patients = await Promise.all(Array.from({ length: 9 }, () => registerPatient()))
  for (const [at, { email }] of patients.entries())
    if (at % 3 === 2) (at === 2 ? server.full : server.unknown).add(email)
  const slots = []
  for (const doctor of doctors)
    for (const days of [4, 5])
      for (const hour of ['09', '11', '13', '15'])
        slots.push(await addSlot(doctor.id, clinic, { days, time: `${hour}:00` }))
  office = new PostOffice({ server, random, doctors, patients, slots, admin: (await addUser('ADMIN')).id })
})
afterAll(async () => {
  useMail(null)
  await server.stop()
})

it(`everyone learns how it stands, once, after ${operations} steps, with two workers of which some are killed, a mail server that is out, and every third address wrong or full`, {
  timeout: 900_000
}, async () => {
  onTestFailed(() => console.error(`Again with SEED=${seed} OPERATIONS=${operations}`))
  for (let step = 0; step < operations; step++) {
    if (step === Math.floor(operations / 3)) await office.isOutForAnHour()
    await office.act()
  }
  await office.calmDown()

  expect(office.wrongReminders).toEqual([])
  for (const [what, sql] of Object.entries(losses)) expect((await pool.query(sql)).rows, what).toEqual([])
  await expectOnce()
  await expectVisible()
})

/** How often an appointment had been changed when something happened to it: what its messages are known by. */
const EVENTS = `
  SELECT e.id, e.event, e.appointment_id, count(*) FILTER (WHERE e.event IN ('appointment.moved', 'appointment.cancelled',
    'appointment.rejected')) OVER (PARTITION BY e.appointment_id ORDER BY e.id) AS sequence,
    row_number() OVER (PARTITION BY e.appointment_id ORDER BY e.id DESC) = 1 AS is_last
  FROM audit_events e WHERE e.event IN ('appointment.booked', 'appointment.confirmed', 'appointment.moved',
    'appointment.cancelled', 'appointment.rejected')`

/** Each finds what somebody was not told. */
const losses = {
  'something happened and no message was planned': `
    SELECT e.event, e.appointment_id FROM (${EVENTS}) e WHERE NOT EXISTS (
      SELECT FROM notifications n WHERE n.appointment_id = e.appointment_id AND n.kind = e.event AND n.channel = 'EMAIL'
        AND (n.data->>'sequence')::int = e.sequence)`,
  'how it stands in the end was neither delivered nor given up for all to see': `
    SELECT e.event, n.status, n.last_error FROM (${EVENTS}) e JOIN notifications n ON n.appointment_id = e.appointment_id
      AND n.kind = e.event AND (n.data->>'sequence')::int = e.sequence AND n.channel = 'EMAIL'
    WHERE e.is_last AND n.status NOT IN ('SENT', 'FAILED')`,
  'something waits that is due': `
    SELECT kind, attempts, last_error FROM notifications WHERE status = 'PLANNED'`,
  'a message was dropped and it is not said why, or nothing newer tells of it': `
    SELECT n.kind, n.last_error FROM notifications n WHERE n.status = 'DROPPED' AND (n.last_error NOT IN ('SUPERSEDED', 'OVER')
      OR n.kind <> 'appointment.reminder' AND NOT EXISTS (
        SELECT FROM audit_events e WHERE e.appointment_id = n.appointment_id AND e.at >= n.created_at
          AND e.event IN ('appointment.confirmed', 'appointment.moved', 'appointment.cancelled', 'appointment.rejected')
          AND e.event <> n.kind OR e.event = 'appointment.moved' AND e.appointment_id = n.appointment_id))`,
  'a good address was given up': `
    SELECT u.email, n.last_error FROM notifications n JOIN users u ON u.id = n.recipient_id
    WHERE n.status = 'FAILED' AND n.last_error NOT LIKE '%5.1.1%' AND n.last_error NOT LIKE '%4.2.2%'`,
  'it was given up when it was too late to ring': `
    SELECT n.kind, n.created_at, n.last_attempt_at, a.starts_at FROM notifications n JOIN appointments a ON a.id = n.appointment_id
    WHERE n.status = 'FAILED' AND n.created_at < a.starts_at - interval '4 hours' AND n.last_attempt_at > a.starts_at - interval '1 hour'`
}

/** One mail for each row that was sent, none for others; again only when a worker was killed in between, as the same mail. */
async function expectOnce() {
  const rows = await db.notification.findMany({ where: { channel: 'EMAIL' }, select: { id: true, status: true } })
  const arrived = new Map<string, number>()
  for (const { messageId = '' } of server.mails) {
    const id = messageId.slice(1, messageId.indexOf('@'))
    arrived.set(id, (arrived.get(id) ?? 0) + 1)
  }
  for (const { id, status } of rows) {
    const [many, kills] = [arrived.get(id) ?? 0, office.killedAfter.get(id) ?? 0]
    expect(many, `${status} ${id}, killed ${kills} times`).toBeLessThanOrEqual(kills + (status === 'SENT' ? 1 : 0))
    if (status === 'SENT') expect(many, id).toBeGreaterThan(0)
  }
  expect(office.killedAfter.size).toBeGreaterThan(0)
}

/** Whoever has a wrong address is on the list of those who were not reached. */
async function expectVisible() {
  const failed = await db.notification.findMany({ where: { status: 'FAILED' }, select: { recipient: true } })
  const addresses = new Set(failed.map(({ recipient }) => recipient?.email ?? ''))
  expect(addresses).toEqual(new Set([...server.unknown, ...server.full]))
}
