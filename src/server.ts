import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { DEMO_PASSWORD, seed } from '../prisma/seed.ts'
import { createApp } from './app.ts'
import { config } from './config.ts'
import { systemCtx } from './context.ts'
import { connect, disconnect, pool } from './database/client.ts'
import { startEmbedded } from './database/embedded.ts'
import { startListening } from './database/events.ts'
import { migrate } from './database/migrate.ts'
import { requireMigrated } from './database/pending.ts'
import { log } from './log.ts'
import { serveMetrics } from './metrics.ts'
import { countHours } from './services/analytics/count-hours.ts'
import { publishEveryone } from './services/availability/publish-everyone.ts'
import { endStreams } from './services/live/streams.ts'
import { stopAccepting } from './services/settings/readiness.ts'
import { giveUp, untilStopped } from './stop.ts'
import { startWorker } from './worker.ts'

const demoAccounts = ['patient', 'doctor', 'staff', 'admin'].map(role => `${role}@demo.example`)
const home = join(import.meta.dirname, '../.data')
const say = (words: string) => process.stdout.write(`${words}\n`)

const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 61_000 })
const steps = [checkPort, openDatabase, loadDemo, startJobs, startMetrics, serve]

/** What has to be undone at the end, last first. */
const undo: (() => Promise<unknown>)[] = []

let stopping = false
const stopped = untilStopped().then(() => {
  stopping = true
})

try {
  for (const step of steps) if (!stopping) await step()
  await stopped
} catch (error) {
  log.debug({ err: error }, 'start failed')
  await end()
  giveUp(error)
}
await end()

async function end() {
  stopAccepting()
  endStreams()
  for (const step of undo.reverse()) await step().catch(error => log.error({ err: error }, 'stopping'))
}

/** Before anything is touched, since to be started twice is what happens most. */
async function checkPort() {
  await listen()
  await close(server)
}

/**
 * The server named by DATABASE_URL, or one of our own under `.data/`. In production migrations are a step of their own.
 */
async function openDatabase() {
  const url = config.databaseUrl ?? (await embeddedUrl())
  if (!config.production) await migrate(url)
  connect(url)
  undo.push(closeDatabase)
  await requireMigrated()
  const events = await startListening(url)
  undo.push(events.stop)
}

/** PostgreSQL, told to end as well, may cut a connection that is just being closed: no news. */
async function closeDatabase() {
  pool.removeAllListeners('error').on('error', () => {})
  await disconnect()
}

async function loadDemo() {
  if (!config.demo) return
  const now = Temporal.Now.instant()
  if (!(await seed(now))) await publishEveryone(systemCtx(now, randomUUID()))
  await countHours()
}

async function startJobs() {
  if (!config.workerInside) return
  const worker = await startWorker()
  undo.push(worker.stop)
}

async function startMetrics() {
  if (!config.metricsPort) return
  const metrics = await serveMetrics(config.metricsPort)
  undo.push(() => close(metrics))
}

async function serve() {
  server.on('request', createApp(await sessionSecret()))
  await listen()
  undo.push(() => close(server))
  say(`Docket is at ${config.baseUrl}`)
  if (config.demo) for (const email of demoAccounts) say(`  ${email.padEnd(22)} ${DEMO_PASSWORD}`)
}

async function embeddedUrl() {
  const { url, stop } = await startEmbedded({ folder: join(home, 'postgres'), onLog: say })
  undo.push(stop)
  return url
}

/** Outside production one is made once and kept, so that a restart signs nobody out. */
async function sessionSecret() {
  if (config.sessionSecret) return config.sessionSecret
  const path = join(home, 'session-secret')
  await mkdir(home, { recursive: true })
  await writeFile(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 }).catch(() => {})
  return readFile(path, 'utf8')
}

function listen() {
  return new Promise<void>((resolve, reject) => {
    const failed = ({ code, message }: NodeJS.ErrnoException) =>
      reject(new Error(code === 'EADDRINUSE' ? `Port ${config.port} is in use. Set PORT to a free one.` : message))
    server.once('error', failed)
    server.listen({ port: config.port, host: config.host }, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

function close(server: Server) {
  return new Promise<void>(resolve => {
    const patience = setTimeout(() => server.closeAllConnections(), 10_000)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    server.closeIdleConnections()
  })
}
