import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pool } from './client.ts'
import { sqlState } from './transaction.ts'

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations')
const NO_SUCH_TABLE = '42P01'

/** Throws unless the connected database has every migration there is. One that has more, of a newer version, is fine. */
export async function requireMigrated() {
  const [wanted, applied] = await Promise.all([migrations(), appliedMigrations()])
  const pending = wanted.filter(name => !applied.has(name))
  if (pending.length) throw new Error(`The database is not up to date (${pending[0]}). Run npm run migrate first.`)
}

async function migrations() {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  return entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
}

async function appliedMigrations() {
  const rows = await pool.query<{ name: string }>(APPLIED).then(
    result => result.rows,
    error => {
      if (sqlState(error) === NO_SUCH_TABLE) return []
      throw error
    }
  )
  return new Set(rows.map(({ name }) => name))
}

const APPLIED = `
  SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`
