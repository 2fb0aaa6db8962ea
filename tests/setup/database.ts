import { afterAll, beforeAll } from 'vitest'
import { connect, disconnect } from '../../src/database/client.ts'
import { freshDatabase } from '../support/database.ts'

/** Every test file has a database of its own, and `db` is connected to it. */
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await freshDatabase()
  drop = database.drop
  connect(database.url)
})

afterAll(async () => {
  await disconnect()
  await drop()
})
