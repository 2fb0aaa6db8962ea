import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { expect } from 'vitest'

export const root = join(import.meta.dirname, '../..')
const parts = ['src', 'prisma', 'views', 'public', 'package.json', 'prisma.config.ts']
const preload = ['--import', './src/database/generate.ts']
const started: ChildProcess[] = []

type Settings = Record<string, string | number>
export type Running = ReturnType<typeof run>

/** The app in a new folder inside `parent`, where it has a `.data` of its own. */
export async function copyOfApp(parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, 'docket-app-'))
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** Runs a file of `src` as its npm script does. The environment is only what `settings` says. */
export const runFile = (folder: string, file: string, settings: Settings = {}, args: string[] = []) =>
  run(folder, process.execPath, [...preload, `src/${file}`, ...args], settings)

/** Runs a program in a process group of its own, as a terminal does. */
export function run(folder: string, program: string, args: string[], settings: Settings = {}) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...asText(settings) }
  const child = spawn(program, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', text => (said.out += text))
  child.stderr.on('data', text => (said.err += text))
  const closed = once(child, 'close')
  started.push(child)

  const ended = async () => {
    await closed
    return { code: child.exitCode, ...said }
  }
  const says = async (text: string) => {
    while (!said.out.includes(text)) {
      if (child.exitCode !== null) throw new Error(`ended without "${text}": ${said.out}${said.err}`)
      await sleep(20)
    }
    return said.out
  }
  const stop = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended()
  }
  return { pid: child.pid ?? 0, said, says, ended, stop }
}

const asText = (settings: Settings) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]))

export async function freePort() {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const pidFile = (folder: string) => join(folder, '.data/postgres/cluster/data/postmaster.pid')

export const postgresOf = async (folder: string) => Number.parseInt(await readFile(pidFile(folder), 'utf8'), 10)

export const expectGone = (pid: number) => expect(() => process.kill(pid, 0)).toThrow('ESRCH')

/** Has a job run as by the clock, by whichever worker there is. */
export async function sendJob(job: string, connectionString: string) {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false })
  await boss.start()
  await boss.send(job)
  await boss.stop({ graceful: false })
}

/** Ends what a failed test left running, and removes the folder. */
export async function clearAway(folder?: string) {
  for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
  if (!folder) return

  const pid = await postgresOf(folder).catch(() => 0)
  if (pid) process.kill(pid, 'SIGQUIT')
  if (pid) await sleep(500)
  await rm(folder, { recursive: true, maxRetries: 5 })
}
