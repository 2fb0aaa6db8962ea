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
import { planAgendas } from './services/notifications/agendas.ts'
import { sendMessages } from './services/notifications/deliver.ts'
import { planReminders } from './services/notifications/reminders.ts'
import { sendingJobs } from './services/notifications/sending-jobs.ts'
import { reconcilePayments } from './services/payments/reconcile.ts'
import { noteJobRun } from './services/settings/job-runs.ts'
import { sweep } from './services/settings/sweep.ts'
import { sendCallbacks } from './services/test-gateway/send-callbacks.ts'
import { giveUp, untilStopped } from './stop.ts'

interface Job {
  name: string
  /** Minute, hour, day, month, weekday, in UTC. */
  cron: string
  /** Stops between two steps when it is told to. */
  run: (ctx: Ctx, stopping: AbortSignal) => Promise<unknown>
  /** A job that hangs blocks the next of its kind for that long. */
  expireInSeconds: number
  /** What happened that this has to be done for at once. */
  wakenBy?: (EventName | 'message.planned')[]
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
    name: sendingJobs.EMAIL,
    cron: '* * * * *',
    run: (ctx, stopping) => sendMessages(ctx, stopping, ['EMAIL']),
    expireInSeconds: 300,
    wakenBy: ['message.planned']
  },
  // Apart, so that a provider that does not answer holds up no mail.
  {
    name: sendingJobs.SMS,
    cron: '* * * * *',
    run: (ctx, stopping) => sendMessages(ctx, stopping, ['SMS']),
    expireInSeconds: 300,
    wakenBy: ['message.planned']
  },
  { name: 'plan-agendas', cron: '*/15 * * * *', run: planAgendas, expireInSeconds: 300 },
  { name: 'plan-reminders', cron: '17 * * * *', run: planReminders, expireInSeconds: 600 },
  { name: 'publish-slots', cron: '7 * * * *', run: publishEveryone, expireInSeconds: 1800 },
  { name: 'sweep', cron: '*/10 * * * *', run: sweep, expireInSeconds: 60 },
  ...(config.testGateway
    ? [{ name: 'send-test-callbacks', cron: '* * * * *', run: sendCallbacks, expireInSeconds: 60 }]
    : [])
]

/** What happens many times at once wakes a job once. */
const WAIT_SECONDS = 2
/** A worker that was killed says nothing any more for so long; then another takes its job on. */
const HEARTBEAT_SECONDS = 30
const LOOKS = { superviseIntervalSeconds: 20, monitorIntervalSeconds: 20 }

const notWoken = (error: Error) => log.warn({ error: error.message }, 'job not woken: it runs by the clock')

/** Runs the jobs, each by one worker at a time however many processes there are. Needs `connect` first. */
export async function startWorker() {
  if (!mailGateway()) log.warn('SMTP_URL is not set: no mail is sent')
  const executeSql = (text: string, values?: unknown[]) => pool.query(text, values)
  const boss = new PgBoss({ db: { executeSql }, schema: 'pgboss', ...LOOKS })
  const stopping = new AbortController()
  boss.on('error', error => log.error({ error: error.message }, 'jobs'))
  await boss.start()
  for (const { name, cron, run, expireInSeconds, wakenBy } of jobs) {
    const limits = { expireInSeconds, heartbeatSeconds: HEARTBEAT_SECONDS }
    await boss.createQueue(name, { policy: 'singleton', ...limits })
    await boss.updateQueue(name, limits)
    await boss.work(name, { pollingIntervalSeconds: wakenBy ? 2 : 10 }, async () => {
      const done = await run(systemCtx(Temporal.Now.instant(), randomUUID()), stopping.signal)
      await noteJobRun(systemCtx(Temporal.Now.instant(), randomUUID()), name)
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
      stopping.abort()
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
