import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import type { Programs } from './programs.ts'

/** An ordinary account for PostgreSQL to run under, when ours is root. */
export type Account = { uid: number; gid: number }

/** A running PostgreSQL, started by us or by an earlier run of the app. */
export type Server = { pid: number; port: number; isAlive(): boolean | Promise<boolean> }

export const SUPERUSER = 'docket'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC'
}

const proc = process.platform === 'linux'

/** PostgreSQL refuses to run as root, so root lends it an existing account without rights of its own. */
export async function chooseAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined

  const owner = await stat(join(cluster, 'data')).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }

  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'))
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  if (!found) throw new Error('PostgreSQL refuses to run as root, and there is no account "nobody" to run it')
  return { uid: Number(found[2]), gid: Number(found[3]) }
}

/** Makes an empty cluster. It gets its name only when complete, so one that was interrupted is never mistaken for it. */
export async function createCluster(
  cluster: string,
  programs: Programs,
  log: string,
  sync: boolean,
  account?: Account
) {
  const draft = await mkdtemp(join(dirname(cluster), `initdb-${process.pid}-`))
  const data = join(draft, 'data')
  const password = join(draft, 'password')
  await chmod(draft, 0o711)
  await mkdir(data, { mode: 0o700 })
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (account) for (const path of [data, password]) await chown(path, account.uid, account.gid)

  const initdb = await run(programs.initdb, data, log, account, path => [
    `--username=${SUPERUSER}`,
    `--pwfile=${path}/../password`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(sync ? [] : ['--no-sync'])
  ])
  if (initdb.exitCode === null && initdb.signalCode === null) await once(initdb, 'exit')
  if (initdb.exitCode !== 0) throw new Error('initdb failed')

  await rename(draft, cluster).catch(async () => {
    await stat(join(cluster, 'password')) // someone else was quicker
    await rm(draft, { recursive: true })
  })
}

/** Starts a server; it still needs a moment until it answers. */
export async function launch(
  cluster: string,
  { postgres }: Programs,
  log: string,
  settings: Record<string, string>,
  account?: Account
): Promise<Server> {
  const port = await freePort()
  const options = Object.entries({ ...SETTINGS, ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`
  ])
  const child = await run(postgres, join(cluster, 'data'), log, account, () => options)
  child.unref()
  return { pid: child.pid ?? 0, port, isAlive: () => child.exitCode === null && child.signalCode === null }
}

/**
 * The server that an earlier run left behind, if it lives. PostgreSQL trusts the process id in `postmaster.pid`, which
 * after a crash may be anyone's; a file that names a process at work elsewhere is cleared away, so that it can start.
 */
export async function findServer(cluster: string): Promise<Server | undefined> {
  const data = join(cluster, 'data')
  const file = join(data, 'postmaster.pid')
  const lines = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new Error(`${cluster} can't be read: start Docket under the account it was made by`, { cause: error })
  })
  if (!lines) return undefined

  const [pid = 0, , , port = 0] = lines.split('\n').map(Number)
  const isAlive = () => worksIn(data, pid)
  if (await isAlive()) return { pid, port, isAlive }
  if (proc) await rm(file, { force: true })
  return undefined
}

/** Whether a process works in that directory, as PostgreSQL does; where that can't be known, whether it lives. */
async function worksIn(directory: string, pid: number): Promise<boolean> {
  if (!proc) return isProcess(pid)
  const [here, there] = await Promise.all([stat(directory), stat(`/proc/${pid}/cwd`).catch(() => undefined)])
  return here.ino === there?.ino && here.dev === there.dev
}

export function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Runs a program of PostgreSQL on a data directory, apart from our terminal, so that Ctrl-C reaches only us.
 *
 * Another account may be unable to get to the data at all: the way there may lead through root's home. So the process
 * enters the directory while it is still root, then changes to the account, and PostgreSQL is told that its data is in
 * `/proc/self/cwd`: "where you stand". No folder on the way has to be opened to anyone.
 */
async function run(
  program: string,
  data: string,
  log: string,
  account: Account | undefined,
  options: (data: string) => string[]
): Promise<ChildProcess> {
  const path = account && proc ? '/proc/self/cwd' : data
  const output = await open(log, 'a', 0o600)
  try {
    const child = spawn(program, ['-D', path, ...options(path)], {
      ...account,
      cwd: data,
      detached: true,
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
      stdio: ['ignore', output.fd, output.fd]
    })
    await once(child, 'spawn')
    return child
  } finally {
    await output.close()
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
