import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { at } from '../setup/cluster.ts'

/** A database of one's own, migrated and empty. */
export async function freshDatabase() {
  const cluster = inject('cluster')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(cluster, `CREATE DATABASE ${name} TEMPLATE migrated`)
  return { url: at(cluster, name), drop: () => run(cluster, `DROP DATABASE ${name} WITH (FORCE)`) }
}

async function run(cluster: string, sql: string) {
  const client = new pg.Client({ connectionString: at(cluster, 'postgres') })
  await client.connect()
  // Copying a template needs it to itself for a moment; another file may be copying it just now.
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(sql)
      break
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 50) throw error
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  await client.end()
}
