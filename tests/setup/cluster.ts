import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: string
  }
}

/** One PostgreSQL for the whole run, with a migrated database that every test file gets its own copy of. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'docket-tests-'))
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }
  const { url, stop } = await startEmbedded({ folder, settings })
  await migrate(url)
  await asTemplate(url)
  project.provide('cluster', url)

  return async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function asTemplate(url: string) {
  const client = new pg.Client({ connectionString: at(url, 'postgres') })
  await client.connect()
  await client.query('ALTER DATABASE docket RENAME TO migrated')
  await client.end()
}

export function at(url: string, database: string) {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}
