import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from '../config.ts'
import { PrismaClient } from '../generated/client.ts'
import { log } from '../log.ts'

/** Live after `connect`; one pool serves Prisma, sessions, limits and jobs. */
export let db: PrismaClient
export let pool: pg.Pool

export function connect(url: string) {
  pool = new pg.Pool({ connectionString: url, max: config.databasePool, application_name: 'docket' })
  pool.on('error', error => log.error({ error: error.message }, 'database connection lost'))
  db = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: named }),
    transactionOptions: { maxWait: 20_000, timeout: 20_000 }
  })
}

export async function disconnect() {
  await db.$disconnect()
  await pool.end()
}

const names = new Map<string, string>()
const MOST_NAMES = 500

/** Prepared once per connection and text. Texts that vary without end (long IN lists) must not fill the server. */
function named({ sql }: { sql: string }) {
  const known = names.get(sql)
  if (known) return known
  if (names.size >= MOST_NAMES) return ''

  const name = `q${names.size}`
  names.set(sql, name)
  return name
}
