import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, disconnect, pool } from '../../src/database/client.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'

/** Does something on a migrated database that is thrown away afterwards; `pool` and `db` are connected to it. */
export async function onScratch(work: (url: string) => Promise<void>, settings: Record<string, string> = {}) {
  if (process.env.ON) return onOne(process.env.ON, work)
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const { url, stop } = await startEmbedded({ folder, settings })
  try {
    await migrate(url)
    connect(url)
    await work(url)
  } finally {
    pool.removeAllListeners('error').on('error', () => {})
    await disconnect()
    await stop()
    await rm(folder, { recursive: true })
  }
}

async function onOne(url: string, work: (url: string) => Promise<void>) {
  connect(url)
  await work(url)
  await disconnect()
}

/** Runs statements, each ended by a semicolon at the end of a line. */
export async function runAll(script: string) {
  const client = await pool.connect()
  try {
    for (const statement of script.split(/;\s*\n/)) if (statement.trim()) await client.query(statement)
  } finally {
    client.release(true)
  }
}

/** The app as a process of its own on this database, at `url` until it is stopped. `said` is what it wrote. */
export async function startApp(database: string, port: number) {
  const settings = { NODE_ENV: 'test', PORT: port, WORKER: 'apart', RATE_LIMIT_FACTOR: 1000, LOG_LEVEL: 'error' }
  const secrets = { DATABASE_URL: database, SESSION_SECRET: randomUUID() }
  const app = await startFile('src/server.ts', { ...settings, ...secrets }, 'Docket is at')
  return Object.assign(app, { url: `http://localhost:${port}` })
}

/** A file of this project as a process of its own, once it has said what it says when it is ready. */
export async function startFile(file: string, settings: Record<string, string | number>, ready: string) {
  const env = Object.entries(settings).map(([name, value]) => [name, String(value)])
  const child = spawn(process.execPath, ['--import', './src/database/generate.ts', file], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, ...Object.fromEntries(env) },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const started = { said: '', stop }
  const exit = once(child, 'exit')
  async function stop() {
    child.kill('SIGTERM')
    await exit
  }
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', text => {
      started.said += text
      if (started.said.includes(ready)) resolve()
    })
    child.once('exit', code => reject(new Error(`${file} ended with ${code}`)))
  })
  return started
}

export const say = (line: string) => process.stdout.write(`${line}\n`)
