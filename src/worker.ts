import { randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import { Temporal } from 'temporal-polyfill'
import { config } from './config.ts'
import { type Ctx, systemCtx } from './context.ts'
import { connect, disconnect, pool } from './database/client.ts'
import { requireMigrated } from './database/pending.ts'
import { log } from './log.ts'
import { countHours } from './services/analytics/count-hours.ts'
import { expireHolds } from './services/appointments/expire-holds.ts'
import { publishEveryone } from './services/availability/publish-everyone.ts'
import { sweep } from './services/settings/sweep.ts'
import { giveUp, untilStopped } from './stop.ts'

interface Job {
  name: string
  /** Minute, hour, day, month, weekday, in UTC. */
  cron: string
  run: (ctx: Ctx) => Promise<unknown>
  /** A job whose worker was killed blocks the next of its kind for that long. */
  expireInSeconds: number
}

const jobs: Job[] = [
  { name: 'count-hours', cron: '* * * * *', run: countHours, expireInSeconds: 600 },
  { name: 'expire-holds', cron: '* * * * *', run: expireHolds, expireInSeconds: 60 },
  { name: 'publish-slots', cron: '7 * * * *', run: publishEveryone, expireInSeconds: 1800 },
  { name: 'sweep', cron: '*/10 * * * *', run: sweep, expireInSeconds: 60 }
]

/** Runs the jobs, each by one worker at a time however many processes there are. Needs `connect` first. */
export async function startWorker() {
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
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}

async function main() {
  if (!config.databaseUrl) throw new Error('The worker needs DATABASE_URL; without one it runs inside npm start.')

  const stopped = untilStopped()
  connect(config.databaseUrl)
  try {
    await requireMigrated()
    const worker = await startWorker()
    log.info('worker started')
    await stopped
    await worker.stop()
  } finally {
    await disconnect()
  }
}

if (import.meta.main) await main().catch(giveUp)
