import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { keepWindowFull } from '../prisma/seeds/keep-window-full.ts'
import { DEMO_PASSWORD, seed } from '../prisma/seed.ts'
import { createApp } from './app.ts'
import { config } from './config.ts'
import { connect, disconnect } from './database/client.ts'
import { startEmbedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { log } from './log.ts'
import { serveMetrics } from './metrics.ts'
import { stopAccepting } from './services/settings/readiness.ts'
import { untilStopped } from './stop.ts'
import { startWorker } from './worker.ts'

const demoAccounts = ['patient', 'doctor', 'staff', 'admin'].map(role => `${role}@demo.example`)
const home = join(import.meta.dirname, '../.data')
const say = (words: string) => process.stdout.write(`${words}\n`)

/** What has to be undone at the end, last first. */
const undo: (() => Promise<unknown>)[] = []

try {
  const stopped = untilStopped()
  await start()
  await stopped
} catch (error) {
  log.debug({ err: error }, 'start failed')
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  stopAccepting()
  for (const step of undo.reverse()) await step().catch(error => log.error({ err: error }, 'stopping'))
}

async function start() {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 61_000 })
  await listen(server).then(() => close(server))

  connect(await databaseUrl())
  undo.push(disconnect)
  if (config.demo) await loadDemo()

  if (config.workerInside) {
    const worker = await startWorker()
    undo.push(worker.stop)
  }
  if (config.metricsPort) {
    const metrics = serveMetrics(config.metricsPort)
    undo.push(() => close(metrics))
  }
  server.on('request', createApp(await sessionSecret()))
  await listen(server)
  undo.push(() => close(server))
  say(`Docket is at ${config.baseUrl}`)
  if (config.demo) for (const email of demoAccounts) say(`  ${email.padEnd(22)} ${DEMO_PASSWORD}`)
}

async function loadDemo() {
  const now = Temporal.Now.instant()
  if (!(await seed(now))) await keepWindowFull(now)
}

/** The server named by DATABASE_URL, or one of our own under `.data/`. In production migrations are a step of their own. */
async function databaseUrl() {
  if (config.production && config.databaseUrl) return config.databaseUrl
  const url = config.databaseUrl ?? (await embeddedUrl())
  await migrate(url)
  return url
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

function listen(server: Server) {
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
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 10_000).unref()
  })
}
