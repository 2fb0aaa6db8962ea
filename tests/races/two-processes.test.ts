import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pool } from '../../src/database/client.ts'
import { addSlots, hireDoctor, openClinic } from '../support/world.ts'
import { book, crowd, expectRefused, liveOn, type Rival, statuses } from './crowd.ts'

const root = join(import.meta.dirname, '../..')
const started: ChildProcess[] = []
let rivals: Rival[]
let slots: Awaited<ReturnType<typeof addSlots>>

beforeAll(async () => {
  const clinic = await openClinic()
  slots = await addSlots((await hireDoctor(clinic.id)).id, clinic, 4)
  const addresses = await Promise.all([startApp(), startApp()])
  rivals = (await Promise.all(addresses.map(url => crowd({ url }, 50)))).flat()
})

afterAll(async () => {
  for (const child of started) child.kill('SIGTERM')
  const endings = started.map(child => child.exitCode ?? once(child, 'exit').then(([code]) => code))
  expect(await Promise.all(endings)).toEqual([0, 0])
})

it('lets one of a hundred patients have a time though two processes sell it', async () => {
  for (const slot of slots.slice(0, 3)) {
    const answers = await Promise.all(rivals.map(each => book(each, slot)))

    expect(statuses(answers)).toEqual({ 201: 1, 409: 99 })
    for (const answer of answers.filter(({ status }) => status === 409)) expectRefused(answer)
    expect(await liveOn(slot)).toHaveLength(1)
  }
})

/** The app as it is started in earnest, on this file's database. Returns its address once it serves. */
async function startApp() {
  const port = await freePort()
  const env = { ...process.env, NODE_ENV: 'test', PORT: String(port), BASE_URL: `http://127.0.0.1:${port}` }
  const settings = { DATABASE_URL: String(pool.options.connectionString), WORKER: 'apart', RATE_LIMIT_FACTOR: '1000' }
  const child = spawn(process.execPath, ['--import', './src/database/generate.ts', 'src/server.ts'], {
    cwd: root,
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  started.push(child)
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', data => {
      said += data
    })
    child.stdout?.on('data', data => {
      said += data
      if (said.includes('Docket is at')) resolve()
    })
    child.on('exit', code => reject(new Error(`ended with ${code}: ${said}`)))
  })
  return `http://127.0.0.1:${port}`
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? address?.port : 0
}
