import { randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import { Temporal } from 'temporal-polyfill'
import { config } from './config.ts'
import { type Ctx, systemCtx } from './context.ts'
import { connect, disconnect, pool } from './database/client.ts'
import { onEvent, startListening } from './database/events.ts'
import { requireMigrated } from './database/pending.ts'
import { closeMail, mailGateway } from './gateways/email.ts'
import { log } from './log.ts'
import { countHours } from './services/analytics/count-hours.ts'
import { expireHolds } from './services/appointments/expire-holds.ts'
import type { EventName } from './services/audit/events.ts'
import { publishEveryone } from './services/availability/publish-everyone.ts'
import { sendMessages } from './services/notifications/deliver.ts'
import { reconcilePayments } from './services/payments/reconcile.ts'
import { sweep } from './services/settings/sweep.ts'
import { sendCallbacks } from './services/test-gateway/send-callbacks.ts'
import { giveUp, untilStopped } from './stop.ts'

interface Job {
  name: string
  /** Minute, hour, day, month, weekday, in UTC. */
  cron: string
  run: (ctx: Ctx) => Promise<unknown>
  /** A job whose worker was killed blocks the next of its kind for that long. */
  expireInSeconds: number
  /** What happened that this has to be done for at once. */
  wakenBy?: EventName[]
}

const jobs: Job[] = [
  { name: 'count-hours', cron: '* * * * *', run: countHours, expireInSeconds: 600 },
  { name: 'expire-holds', cron: '* * * * *', run: expireHolds, expireInSeconds: 60 },
  {
    name: 'reconcile-payments',
    cron: '* * * * *',
    run: reconcilePayments,
    expireInSeconds: 300,
    wakenBy: ['payment.refund-owed', 'payment.refund-bounced', 'payment.replaced', 'payment.called-off']
  },
  {
    name: 'send-messages',
    cron: '* * * * *',
    run: sendMessages,
    expireInSeconds: 600,
    wakenBy: ['payment.succeeded', 'payment.collected', 'payment.refund-owed', 'payment.refunded']
  },
  { name: 'publish-slots', cron: '7 * * * *', run: publishEveryone, expireInSeconds: 1800 },
  { name: 'sweep', cron: '*/10 * * * *', run: sweep, expireInSeconds: 60 },
  ...(config.testGateway
    ? [{ name: 'send-test-callbacks', cron: '* * * * *', run: sendCallbacks, expireInSeconds: 60 }]
    : [])
]

/** What happens many times at once wakes a job once. */
const WAIT_SECONDS = 2

const notWoken = (error: Error) => log.warn({ error: error.message }, 'job not woken: it runs by the clock')

/** Runs the jobs, each by one worker at a time however many processes there are. Needs `connect` first. */
export async function startWorker() {
  if (!mailGateway()) log.warn('SMTP_URL is not set: no mail is sent')
  const executeSql = (text: string, values?: unknown[]) => pool.query(text, values)
  const boss = new PgBoss({ db: { executeSql }, schema: 'pgboss' })
  boss.on('error', error => log.error({ error: error.message }, 'jobs'))
  await boss.start()
  for (const { name, cron, run, expireInSeconds } of jobs) {
    await boss.createQueue(name, { policy: 'singleton', expireInSeconds })
    await boss.work(name, { pollingIntervalSeconds: 10 }, async () => {
      const done = await run(systemCtx(Temporal.Now.instant(), randomUUID()))
      log.info({ job: name, done }, 'job done')
    })
    await boss.schedule(name, cron)
  }
  const stopListening = onEvent(({ event }) => {
    for (const { name, wakenBy = [] } of jobs)
      if (wakenBy.some(each => each === event)) boss.sendDebounced(name, null, null, WAIT_SECONDS).catch(notWoken)
  })
  return {
    stop: async () => {
      stopListening()
      await boss.stop({ graceful: true, timeout: 10_000 })
      closeMail()
    }
  }
}

async function main() {
  if (!config.databaseUrl) throw new Error('The worker needs DATABASE_URL; without one it runs inside npm start.')

  const stopped = untilStopped()
  connect(config.databaseUrl)
  try {
    await requireMigrated()
    const events = await startListening(config.databaseUrl)
    const worker = await startWorker()
    log.info('worker started')
    await stopped
    await worker.stop()
    await events.stop()
  } finally {
    await disconnect()
  }
}

if (import.meta.main) await main().catch(giveUp)
