import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { config } from './config.ts'
import { systemCtx } from './context.ts'
import { connect, disconnect } from './database/client.ts'
import { runningUrl } from './database/embedded.ts'
import { requireMigrated } from './database/pending.ts'
import { Refusal } from './errors.ts'
import { personName } from './forms/auth.ts'
import { email } from './forms/fields.ts'
import { translator } from './i18n.ts'
import { paths } from './paths.ts'
import { createAdmin } from './services/people/create-admin.ts'

const USAGE = 'Usage: npm run admin:create -- --email ada@clinic.example --name "Ada Obi"'
const EMBEDDED = join(import.meta.dirname, '../.data/postgres')

const t = translator('en')
const say = (line: string) => process.stdout.write(`${line}\n`)

try {
  const admin = asked()
  connect(config.databaseUrl ?? (await embeddedUrl()))
  const ctx = systemCtx(Temporal.Now.instant(), randomUUID())
  const code = await requireMigrated()
    .then(() => createAdmin(ctx, admin))
    .finally(disconnect)
  say(`${admin.name} chooses a password here, once and within 7 days:`)
  say(`  ${config.baseUrl}${paths.auth.register({ invitation: code })}`)
} catch (error) {
  console.error(inOneLine(error))
  process.exitCode = 1
}

function asked() {
  const options = { email: { type: 'string' }, name: { type: 'string' } } as const
  return z.strictObject({ email, name: personName }).parse(parseArgs({ options }).values)
}

/** The database that `npm start` keeps, while it runs. */
async function embeddedUrl() {
  const url = await runningUrl(EMBEDDED)
  if (!url) throw new Error('Start Docket first (npm start), or set DATABASE_URL.')
  return url
}

function inOneLine(error: unknown) {
  if (error instanceof Refusal) return error.problems.map(({ key, params }) => t(key, params ?? {})).join('. ')
  if (error instanceof z.ZodError) return `${error.issues.map(({ message }) => t(message)).join('. ')}. ${USAGE}`
  return error instanceof Error ? error.message.split('\n')[0] : String(error)
}
