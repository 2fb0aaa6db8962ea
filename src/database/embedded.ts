import { mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { chooseAccount, createCluster, findServer, isProcess, launch, type Server, SUPERUSER } from './cluster.ts'
import { findPrograms } from './programs.ts'

export type Embedded = { url: string; stop(): Promise<void> }

type Options = {
  folder: string
  /** Settings of PostgreSQL itself, such as `fsync: 'off'` where the data may be lost. */
  settings?: Record<string, string>
  /** Told in a sentence what takes a while. */
  onLog?: (line: string) => void
}

const ATTEMPTS = 3
const STARTING_MS = 120_000
const PREVIOUS_OWNER_MS = 1_000
const STOPPING = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000]
] as const

/**
 * A real PostgreSQL that lives in `folder` and is ours alone: on this machine's loopback, on a port that is free, with
 * a password that only the folder knows. One that outlived its app (`kill -9`) is taken over; a second app on the same
 * folder is refused. It runs until `stop`, or until the process ends. What PostgreSQL has to say is in `postgres.log`.
 */
export async function startEmbedded({ folder, settings = {}, onLog = () => {} }: Options): Promise<Embedded> {
  const home = resolve(folder)
  const { server, client } = await reach(home, settings, onLog)
  if (!(await client.query("SELECT FROM pg_database WHERE datname = 'docket'")).rowCount)
    await client.query('CREATE DATABASE docket')

  const interrupt = () => signal(server, 'SIGINT')
  process.once('exit', interrupt)
  let stopped: Promise<void> | undefined

  const stop = async () => {
    await client.end()
    await end(server)
    process.off('exit', interrupt)
    await sweep(home, pid => pid === process.pid || !isProcess(pid))
  }
  return {
    url: await address(home, server, 'docket'),
    stop: () => {
      stopped ??= stop()
      return stopped
    }
  }
}

/** The address of the database that an app keeps in `folder` just now, or null when none runs there. */
export async function runningUrl(folder: string): Promise<string | null> {
  const home = resolve(folder)
  const server = await findServer(join(home, 'cluster'))
  return server ? address(home, server, 'docket') : null
}

/** Our server: the one that runs already, or a new one. A port can be taken from under us, hence the attempts. */
async function reach(home: string, settings: Record<string, string>, onLog: (line: string) => void) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const server = (await findServer(join(home, 'cluster'))) ?? (await start(home, settings, onLog))
    const client = await answer(home, server)
    if (client && (await claim(client, home))) return { server, client }
    await sleep(attempt * 100)
  }
  return giveUp(home)
}

async function start(home: string, settings: Record<string, string>, onLog: (line: string) => void): Promise<Server> {
  const cluster = join(home, 'cluster')
  const log = join(home, 'postgres.log')
  await mkdir(home, { recursive: true })
  await sweep(home, pid => !isProcess(pid))
  await writeFile(log, '', { mode: 0o600 })

  const account = await chooseAccount(cluster)
  const programs = await findPrograms(home, account !== undefined)
  const isNew = !(await readdir(home)).includes('cluster')
  if (isNew) {
    onLog(`Setting up PostgreSQL in ${home}`)
    await createCluster(cluster, programs, log, settings.fsync !== 'off', account).catch(() => giveUp(home))
  }
  return launch(cluster, programs, log, settings, account)
}

/** A connection as soon as the server takes one, or undefined when the server has ended instead. */
async function answer(home: string, server: Server): Promise<Client | undefined> {
  for (const until = Date.now() + STARTING_MS; Date.now() < until; await sleep(20)) {
    const client = new Client({ connectionString: await address(home, server, 'postgres') })
    client.on('error', () => {})
    try {
      await client.connect()
      return client
    } catch (error) {
      if (error instanceof DatabaseError && error.code?.startsWith('28')) throw error
      if (!(await server.isAlive())) return undefined
    }
  }
  await end(server)
  return undefined
}

/** The lock of one owner per folder, which goes with its connection. False when the server was just being stopped. */
async function claim(client: Client, home: string): Promise<boolean> {
  try {
    for (const until = Date.now() + PREVIOUS_OWNER_MS; Date.now() < until; await sleep(50)) {
      const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtext('docket.owner')) AS mine")
      if (rows[0].mine) return true
    }
  } catch {
    return false
  }
  await client.end()
  throw new Error(`Docket is already running in ${home}`)
}

async function end(server: Server) {
  for (const [kind, patience] of STOPPING) {
    signal(server, kind)
    for (const until = Date.now() + patience; Date.now() < until; await sleep(20)) if (!(await server.isAlive())) return
  }
}

function signal({ pid }: Server, kind: NodeJS.Signals) {
  try {
    process.kill(pid, kind)
  } catch {
    // it has ended by itself
  }
}

/** Removes what runs that have ended left behind: half-made clusters and copies of programs, named by process id. */
async function sweep(home: string, hasEnded: (pid: number) => boolean) {
  for (const name of await readdir(home)) {
    const pid = /^(?:initdb|docket-postgres)-(\d+)-/.exec(name)?.[1]
    if (!pid || !hasEnded(Number(pid))) continue

    const path = join(home, name)
    await rm(await realpath(path).catch(() => path), { recursive: true, force: true, maxRetries: 5 })
    await rm(path, { recursive: true, force: true })
  }
}

async function address(home: string, { port }: Server, database: string): Promise<string> {
  const password = await readFile(join(home, 'cluster/password'), 'utf8')
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
}

async function giveUp(home: string): Promise<never> {
  await sweep(home, pid => pid === process.pid)
  const log = await readFile(join(home, 'postgres.log'), 'utf8')
  throw new Error(`PostgreSQL did not start in ${home}:\n${log.trimEnd().split('\n').slice(-5).join('\n')}`)
}
