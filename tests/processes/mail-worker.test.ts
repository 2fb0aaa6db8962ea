import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { useMail } from '../../src/gateways/email.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { mailServer } from '../support/mail-server.ts'
import { paidVisits } from '../support/paid-visits.ts'
import { clearAway, root, runFile } from './support.ts'

let server: Awaited<ReturnType<typeof mailServer>>
let place: Awaited<ReturnType<typeof paidVisits>>
const database = () => String(pool.options.connectionString)

beforeAll(async () => {
  server = await mailServer()
  place = await paidVisits(Temporal.Now.instant())
})
afterAll(async () => {
  useMail(null)
  await clearAway()
  await server.stop()
})

it('two workers send a hundred mails once each', async () => {
  const workers = [await start(), await start()]
  const { ada, payment } = await place.paid()
  await db.$executeRaw`
    INSERT INTO notifications (recipient_id, kind, channel, dedupe_key, data, send_after, created_at)
    SELECT ${ada.id}::uuid, 'payment.receipt', 'EMAIL', 'many:' || n, jsonb_build_object('paymentId', ${payment.id}::text),
      now(), now() FROM generate_series(1, 100) n`
  await expect.poll(() => db.notification.count({ where: { status: 'PLANNED' } }), { timeout: 30_000 }).toBe(0)
  expect(server.mails).toHaveLength(100)
  expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(100)
  for (const worker of workers) expect(await worker.stop('SIGTERM')).toMatchObject({ code: 0 })
})

it('a mail is sent at once, and again as the same mail when the worker was killed after the server had said yes', async () => {
  await db.notification.deleteMany()
  server.mails.length = 0
  const first = await start()
  const holding = await pool.connect()
  const taken = new Promise<void>(resolve => {
    server.each.before = async () => {
      await holding.query('BEGIN')
      await holding.query('SELECT FROM notifications FOR UPDATE')
      resolve()
    }
  })
  await place.planned()
  await taken
  await expect.poll(waitingToNote, { timeout: 10_000 }).toHaveLength(1)
  await first.stop('SIGKILL')
  // The server would do what it was asked to, although nobody is there any more to hear of it.
  for (const pid of await waitingToNote()) await pool.query('SELECT pg_terminate_backend($1)', [pid])
  await holding.query('ROLLBACK')
  holding.release()
  server.each.before = async () => {}
  expect(await ledger()).toMatchObject([{ status: 'PLANNED', attempts: 1 }])

  useMail(server.gateway())
  const later = systemCtx(Temporal.Now.instant().add({ minutes: 6 }), 'test')
  expect(await sendMessages(later)).toMatchObject({ sent: 1 })
  expect(await ledger()).toMatchObject([{ status: 'SENT', attempts: 2 }])
  expect(server.mails).toHaveLength(2)
  expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(1)
})

const ledger = () => db.notification.findMany({ select: { status: true, attempts: true } })

async function start() {
  const worker = runFile(root, 'worker.ts', {
    ...{ NODE_ENV: 'test', DATABASE_URL: database(), LOG_LEVEL: 'info', MESSAGES_PER_SECOND: 100 },
    ...{ SMTP_URL: server.url, MAIL_FROM: 'docket@docket.example' }
  })
  await worker.says('worker started')
  return worker
}

/** Workers that have their 250 and wait for the row, to note it. */
async function waitingToNote() {
  const { rows } = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
  )
  return rows.map(({ pid }) => pid)
}
