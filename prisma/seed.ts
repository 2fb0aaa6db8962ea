import { argon2id, hash } from 'argon2'
import { Temporal } from 'temporal-polyfill'
import { config } from '../src/config.ts'
import { connect, disconnect, pool } from '../src/database/client.ts'
import { load } from './seeds/load.ts'
import { tellStories } from './seeds/stories.ts'
import { newWorld } from './seeds/world.ts'

export const DEMO_PASSWORD = 'docket-demo-2026'
const SEED = 2026

/**
 * Fills a database that has no clinic with the demo, and says whether it did. All of it comes or none; processes that
 * start together take turns. The same day and seed tell the same stories. Throws in production.
 */
export async function seed(now: Temporal.Instant, number = SEED): Promise<boolean> {
  if (config.production) throw new Error('The demo never goes into a production database.')

  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query("SELECT pg_advisory_xact_lock(hashtext('docket.seed'))")
    const { rowCount } = await client.query('SELECT 1 FROM clinics LIMIT 1')
    const isEmpty = rowCount === 0
    if (isEmpty) {
      const world = newWorld(now, number, await passwordHash())
      tellStories(world)
      await load(client, world)
    }
    await client.query('COMMIT')
    if (isEmpty) await client.query('ANALYZE')
    return isEmpty
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

/** One hash for all. Its salt is known, as the password is, so that the same day gives the same rows. */
const passwordHash = () =>
  hash(DEMO_PASSWORD, {
    type: argon2id,
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
    salt: Buffer.from('docket demo salt')
  })

if (import.meta.main) {
  if (!config.databaseUrl) throw new Error('Set DATABASE_URL to the database that the demo should go into.')

  connect(config.databaseUrl)
  const isNew = await seed(Temporal.Now.instant()).finally(disconnect)
  process.stdout.write(isNew ? 'The demo is in.\n' : 'There are clinics already: nothing changed.\n')
}
