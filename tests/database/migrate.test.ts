import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Embedded, startEmbedded } from '../../src/database/embedded.ts'
import { drift, migrate } from '../../src/database/migrate.ts'

const root = join(import.meta.dirname, '../..')

let folder: string
let cluster: Embedded
let url: string
let migrations: string[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-migrate-'))
  cluster = await startEmbedded({ folder, settings: { fsync: 'off' } })
  const entries = await readdir(join(root, 'prisma/migrations'), { withFileTypes: true })
  migrations = entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
})

beforeEach(async () => {
  const name = `fresh_${Math.random().toString(36).slice(2)}`
  await ask(cluster.url, `CREATE DATABASE ${name}`)
  url = cluster.url.replace(/docket$/, name)
})

afterAll(async () => {
  await cluster.stop()
  await rm(folder, { recursive: true })
})

describe('migrating', () => {
  it('applies every migration once, in order, and records it as Prisma does', async () => {
    expect(await migrate(url)).toEqual(migrations)
    expect(await migrate(url)).toEqual([])
    const recorded = await ask(url, 'SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at')
    expect(recorded).toEqual(migrations.map(name => ({ name })))
  })

  it('makes exactly what schema.prisma describes', async () => {
    await migrate(url)
    expect(await drift(url)).toBe('')
  })

  it('shows what a database lacks', async () => {
    await migrate(url)
    await ask(url, 'ALTER TABLE users DROP COLUMN email')
    expect(await drift(url)).toContain('ADD COLUMN     "email" CITEXT')
  })

  it('happens once when two processes start together', async () => {
    const program = `
      import { migrate } from ${JSON.stringify(join(root, 'src/database/migrate.ts'))}
      process.stdout.write(JSON.stringify(await migrate(${JSON.stringify(url)})))`
    const outputs = await Promise.all(
      [1, 2].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '--eval', program])
        const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
        return JSON.parse(output)
      })
    )
    expect(outputs.flat()).toEqual(migrations)
  })

  it('leaves nothing of a migration that fails half-way, and says which it was', async () => {
    const prisma = join(folder, 'prisma')
    const broken = join(prisma, 'migrations/99990101000000_broken')
    await cp(join(root, 'prisma'), prisma, { recursive: true })
    await mkdir(broken)
    await writeFile(join(broken, 'migration.sql'), 'CREATE TABLE half (id int); SELECT 1 / 0;')
    await expect(migrate(url, prisma)).rejects.toThrow(/division by zero[\s\S]*99990101000000_broken/)
    expect(await ask(url, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }])
  })
})

async function ask(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
