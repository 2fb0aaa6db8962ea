import type { PoolClient } from 'pg'
import { addressOf } from './addresses.ts'
import type { Rows, World } from './world.ts'

const AT_ONCE = 5_000

const snake = (name: string) => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

/** Writes what was told, table by table, thousands of rows at a time. */
export async function load(client: PoolClient, { rows }: World) {
  rows.auditEvents.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  for (const event of rows.auditEvents) event.address ??= addressOf(event)
  for (const [name, told] of Object.entries(rows) as [keyof Rows, object[]][]) await insert(client, snake(name), told)
}

async function insert(client: PoolClient, table: string, rows: object[]) {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  const columns = names.map(name => `"${snake(name)}"`).join(', ')
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const chunk = rows.slice(from, from + AT_ONCE).map(row => mapKeys(row))
    await client.query(
      `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`,
      [JSON.stringify(chunk)]
    )
  }
}

const mapKeys = (row: object) => Object.fromEntries(Object.entries(row).map(([name, value]) => [snake(name), value]))
