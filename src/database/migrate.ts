import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Client } from 'pg'
import { startEmbedded } from './embedded.ts'
import { allowRuntime } from './runtime-role.ts'
import { withSchemaEngine } from './schema-engine.ts'

const PRISMA = join(import.meta.dirname, '../../prisma')
const filters = { externalTables: [], externalEnums: [] }

/**
 * Applies the migrations the database doesn't have yet and returns their names. They are recorded in
 * `_prisma_migrations`, exactly as `prisma migrate deploy` does. Processes that start together take turns.
 */
export async function migrate(url: string, prisma = PRISMA): Promise<string[]> {
  const turn = new Client({ connectionString: url })
  await turn.connect()
  try {
    await turn.query("SELECT pg_advisory_lock(hashtext('docket.migrate'))")
    const migrationsList = await migrationsIn(join(prisma, 'migrations'))
    const applied = await withSchemaEngine(url, engine => engine.applyMigrations({ migrationsList, filters }))
    return applied.appliedMigrationNames
  } finally {
    await turn.end()
  }
}

/**
 * The SQL that would bring the database to `schema.prisma`; '' when they agree. Prisma doesn't see checks, triggers,
 * functions and exclusion constraints, so they are never part of the difference.
 */
export async function drift(url: string, prisma = PRISMA): Promise<string> {
  const path = join(prisma, 'schema.prisma')
  const files = [{ path, content: await readFile(path, 'utf8') }]
  const { stdout } = await withSchemaEngine(url, engine =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prisma },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters
    })
  )
  return stdout === null || stdout.includes('-- This is an empty migration.') ? '' : stdout
}

/**
 * What a new migration has to say: the SQL from what the migrations make, tried on a throw-away server, to the schema.
 */
export async function draft(prisma = PRISMA): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-draft-'))
  try {
    const { url, stop } = await startEmbedded({ folder, settings: { fsync: 'off' } })
    try {
      await migrate(url, prisma)
      return await drift(url, prisma)
    } finally {
      await stop()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function migrationsIn(baseDir: string): Promise<MigrationList> {
  const entries = await readdir(baseDir, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  const read = async (path: string) => {
    const value = await readFile(join(baseDir, path, 'migration.sql'), 'utf8')
    return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
  }
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: null },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.sort().map(read))
  }
}

async function main([command, name]: string[]): Promise<string> {
  if (command === 'draft' && /^[a-z0-9_]+$/.test(name ?? '')) {
    const sql = await draft()
    if (!sql) return 'The migrations already make what schema.prisma describes.'

    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const folder = join(PRISMA, 'migrations', `${stamp}_${name}`)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'migration.sql'), sql)
    return `Written: ${relative(process.cwd(), folder)}/migration.sql. Add by hand what Prisma can't say.`
  }
  if (command) return 'Usage: node src/database/migrate.ts [draft <name_of_the_change>]'

  const { config } = await import('../config.ts')
  if (!config.databaseUrl) return 'DATABASE_URL is not set; without it, npm start migrates the database it keeps.'
  const applied = await migrate(config.databaseUrl)
  if (config.databaseAppRole) await allowRuntime(config.databaseUrl, config.databaseAppRole)
  return applied.length ? `Applied: ${applied.join(', ')}` : 'The database is up to date.'
}

if (import.meta.main) {
  const { giveUp } = await import('../stop.ts')
  process.stdout.write(`${await main(process.argv.slice(2)).catch(giveUp)}\n`)
}
