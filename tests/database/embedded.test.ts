import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Embedded, startEmbedded } from '../../src/database/embedded.ts'

const settings = { fsync: 'off' }

let folder: string
let running: Embedded | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-embedded-'))
})

afterEach(async () => {
  await running?.stop()
  running = undefined
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

describe('the database Docket keeps for itself', () => {
  it('still has what was written before it was stopped', async () => {
    await start()
    await ask('CREATE TABLE note AS SELECT 1 AS kept')
    await running?.stop()
    await start()
    expect(await ask('SELECT kept FROM note')).toEqual([{ kept: 1 }])
  })

  it('is the same on every machine: UTF-8, one sort order, UTC, this machine only', async () => {
    await start()
    const [row] = await ask(`SELECT current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone,
      current_setting('listen_addresses') AS addresses, lower('ÄÉ') AS lower, datlocale AS locale
      FROM pg_database WHERE datname = 'docket'`)
    expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', addresses: '127.0.0.1', lower: 'äé', locale: 'C.UTF-8' })
  })

  it('lets nobody in without the password', async () => {
    const { url } = await start()
    const stranger = new Client({ connectionString: url.replace(/:[^:@]+@/, ':guess@') })
    await expect(stranger.connect()).rejects.toThrow('password authentication failed')
  })

  it('leaves no process behind when it stops', async () => {
    const { stop } = await start()
    const pid = Number((await readFile(join(folder, 'cluster/data/postmaster.pid'), 'utf8')).split('\n')[0])
    await stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect((await readdir(folder)).sort()).toEqual(['cluster', 'postgres.log'])
  })

  it('refuses a second app while the first one lives', async () => {
    await start()
    await expect(startEmbedded({ folder, settings })).rejects.toThrow(`Docket is already running in ${folder}`)
    expect(await ask('SELECT 1 AS fine')).toEqual([{ fine: 1 }])
  })

  it('says in one sentence why it could not start', async () => {
    await expect(startEmbedded({ folder, settings: { shared_buffers: 'plenty' } })).rejects.toThrow(
      /^PostgreSQL did not start in .*invalid value for parameter "shared_buffers"/s
    )
  })

  it('lets exactly one of two apps started at once have it', async () => {
    const fresh = { folder: join(folder, 'fresh'), settings }
    const starts = await Promise.allSettled([startEmbedded(fresh), startEmbedded(fresh)])
    const [winner, ...others] = starts.filter(start => start.status === 'fulfilled')
    running = winner?.value
    expect(others).toEqual([])
    expect(await ask('SELECT 1 AS fine')).toEqual([{ fine: 1 }])
  })
})

async function start(): Promise<Embedded> {
  running = await startEmbedded({ folder, settings })
  return running
}

async function ask(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: running?.url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
