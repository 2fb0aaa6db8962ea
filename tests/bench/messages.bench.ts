import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { seed } from '../../prisma/seed.ts'
import type { Ctx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { onScratch, say, startFile } from './scratch.ts'

// node --import ./src/database/generate.ts tests/bench/messages.bench.ts
// Ten thousand reminders that are due at once: whether they go out steadily at the rate that is configured, and what
// somebody who books meanwhile notices of it, side by side with before and after.

const MANY = Number(process.env.MANY ?? 10_000)
const RATE = Number(process.env.MESSAGES_PER_SECOND ?? 60)
const BOOKINGS = 200
/** One booking each so many milliseconds, whether the one before is through or not. */
const EVERY_MS = 200
const now = Temporal.Now.instant()
const running: { stop: () => Promise<void> }[] = []

interface Free {
  id: string
  doctorId: string
  patientId: string
  accountId: string
}

async function measure(url: string) {
  await seed(now)
  await db.setting.create({ data: { key: 'openAppointmentsPerPatient', value: 100 } })
  await db.notification.deleteMany()
  const free = await freeSlots(3 * BOOKINGS + 50)
  const smtp = await startFile('tests/bench/smtp-server.ts', {}, 'port ')
  running.push(smtp)
  const port = /port (\d+)/.exec(smtp.said)?.[1]
  const worker = {
    ...{ NODE_ENV: 'test', DATABASE_URL: url, LOG_LEVEL: 'info', MESSAGES_PER_SECOND: RATE },
    ...{ SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'docket@docket.example' }
  }
  running.push(await startFile('src/worker.ts', worker, 'worker started'))
  await bookings(free.splice(0, 50))
  const before = await bookings(free.splice(0, BOOKINGS))

  await remindersDue()
  const sending = steadiness()
  await pause(5_000)
  const meanwhile = await bookings(free.splice(0, BOOKINGS))
  const perSecond = await sending
  const after = await bookings(free.splice(0, BOOKINGS))

  const steady = perSecond.slice(2, -2).sort((a, b) => a - b)
  say(
    `${MANY} reminders at ${RATE}/s: ${perSecond.length} s; per second least ${steady[0]}, median ${middle(steady)}, most ${steady.at(-1)}`
  )
  say(`delivered more than once: ${await twice()}`)
  for (const [when, times] of Object.entries({ before, meanwhile, after }))
    say(
      `bookings ${when.padEnd(10)} median ${middle(times).toFixed(1)} ms, 95 % under ${at(times, 0.95).toFixed(1)} ms`
    )
  say(`median meanwhile / beside it: ${((2 * middle(meanwhile)) / (middle(before) + middle(after))).toFixed(2)}`)
}

const remindersDue = () => db.$executeRaw`
  WITH visits AS (
    SELECT a.id, a.clinic_id, a.sequence, p.account_id, row_number() OVER (ORDER BY a.id) - 1 AS at, count(*) OVER () AS many
    FROM appointments a JOIN patients p ON p.id = a.patient_id JOIN users u ON u.id = p.account_id
    WHERE a.status IN ('BOOKED', 'CONFIRMED') AND a.starts_at > now() + interval '2 days' AND u.disabled_at IS NULL)
  INSERT INTO notifications (recipient_id, appointment_id, clinic_id, kind, channel, dedupe_key, data, send_after, created_at)
  SELECT v.account_id, v.id, v.clinic_id, 'appointment.reminder', 'EMAIL', 'bench:' || n,
    jsonb_build_object('sequence', v.sequence, 'hours', 48), now(), now()
  FROM generate_series(0, ${MANY - 1}::int) n JOIN visits v ON v.at = n % v.many`

/** How many were sent in each second until none is left. */
async function steadiness() {
  const sent: number[] = []
  for (let known = 0; ; ) {
    await pause(1_000)
    const [row] = await db.$queryRaw<{ sent: number; left: number }[]>`
      SELECT count(*) FILTER (WHERE status <> 'PLANNED')::int AS sent, count(*) FILTER (WHERE status = 'PLANNED')::int AS left
      FROM notifications WHERE dedupe_key LIKE 'bench:%'`
    if (!row) return sent
    if (row.sent > 0) sent.push(row.sent - known)
    known = row.sent
    if (row.left === 0) return sent
  }
}

async function twice() {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM notifications WHERE dedupe_key LIKE 'bench:%' AND attempts > 1`
  )
  return rows[0].n
}

/** How long each booking takes, in milliseconds, least first. */
async function bookings(free: Free[]) {
  const times = await Promise.all(
    free.map(async ({ id, doctorId, patientId, accountId }, n) => {
      await pause(n * EVERY_MS)
      const began = performance.now()
      const wish = { doctorId, timeslotId: id, patientId, idempotencyKey: randomUUID() }
      await bookAppointment(ctxOf(accountId), wish).catch((error: Error) => {
        if (error.constructor.name !== 'Refusal') throw error
      })
      return performance.now() - began
    })
  )
  return times.sort((a, b) => a - b)
}

const at = (sorted: number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
const middle = (sorted: number[]) => at(sorted, 0.5)

const freeSlots = (many: number) => db.$queryRaw<Free[]>`
  SELECT s.id, s.doctor_id AS "doctorId", p.id AS "patientId", p.account_id AS "accountId"
  FROM (SELECT *, row_number() OVER (ORDER BY random()) AS at FROM time_slots WHERE is_available AND withdrawn_at IS NULL
      AND suspended_by IS NULL AND starts_at BETWEEN now() + interval '3 days' AND now() + interval '28 days'
      AND id NOT IN (SELECT timeslot_id FROM appointments)) s
    JOIN (SELECT *, row_number() OVER () - 1 AS at, count(*) OVER () AS many FROM patients
      WHERE account_id IS NOT NULL AND archived_at IS NULL) p ON p.at = s.at % p.many
  ORDER BY s.at LIMIT ${many}`

const ctxOf = (id: string): Ctx => ({
  actor: { id, role: 'PATIENT', name: '', clinicIds: [], doctorId: null },
  ...{ now: Temporal.Now.instant(), locale: 'en', requestId: 'bench', address: null }
})

async function stopAll() {
  for (const { stop } of running.reverse()) await stop()
}

if (import.meta.main) await onScratch(url => measure(url).finally(stopAll))
