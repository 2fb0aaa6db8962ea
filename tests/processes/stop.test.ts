import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { clearAway, copyOfApp, expectGone, freePort, postgresOf, type Running, run, runFile } from './support.ts'

// NODE_ENV=test keeps the demo out, which is what takes long.
let folder: string
let settings: { NODE_ENV: string; PORT: number }
let app: Running

beforeAll(async () => {
  folder = await copyOfApp()
  settings = { NODE_ENV: 'test', PORT: await freePort() }
})
afterEach(async () => {
  expect(await fetch(`http://localhost:${settings.PORT}/health/live`).catch(() => 'nobody')).toBe('nobody')
})
afterAll(() => clearAway(folder))

describe('npm start', () => {
  it('ends with all it started when npm is told to end', async () => {
    const postgres = await start('npm')
    await app.stop('SIGTERM')
    expectGone(postgres)
    expect(app.said.err).not.toContain('Error')
  })

  it('ends with all it started on Ctrl-C, which reaches every process of the terminal', async () => {
    const postgres = await start('npm')
    process.kill(-app.pid, 'SIGINT')
    await app.ended()
    expectGone(postgres)
  })
})

it('a signal that comes while it starts is heeded', async () => {
  app = runFile(folder, 'server.ts', settings)
  const postgres = await untilPostgresRuns()
  expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, out: '', err: '' })
  expectGone(postgres)
})

it.each(['SIGINT', 'SIGHUP'] as const)('%s ends it too', async signal => {
  const postgres = await start()
  expect(await app.stop(signal)).toMatchObject({ code: 0, err: '' })
  expectGone(postgres)
})

it('asked twice, it still stops PostgreSQL first', async () => {
  const postgres = await start()
  process.kill(app.pid, 'SIGINT')
  expect(await app.stop('SIGINT')).toMatchObject({ code: 0, err: '' })
  expectGone(postgres)
})

it('while it stops it says that it is not ready, and finishes what was asked before', async () => {
  await start()
  expect((await fetch(`http://localhost:${settings.PORT}/health/ready`)).status).toBe(200)
  const socket = connect(settings.PORT, 'localhost')
  socket.write('GET /health/ready HTTP/1.1\r\nHost: docket\r\n')
  await sleep(200)
  const ended = app.stop('SIGTERM')
  await sleep(200)
  socket.write('Connection: close\r\n\r\n')
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 503 .*\{"status":"unavailable"\}/s)
  expect(await ended).toMatchObject({ code: 0 })
})

it('after kill -9 the next start recovers by itself', async () => {
  const left = await start()
  await app.stop('SIGKILL')
  const postgres = await start()
  expect(postgres).toBe(left)
  process.kill(postgres, 'SIGKILL')
  await app.stop('SIGKILL')
  const fresh = await start()
  expect((await fetch(`http://localhost:${settings.PORT}/health/ready`)).status).toBe(200)
  await app.stop('SIGTERM')
  expectGone(fresh)
})

async function start(by: 'npm' | 'node' = 'node') {
  app = by === 'npm' ? run(folder, 'npm', ['start'], settings) : runFile(folder, 'server.ts', settings)
  await app.says('Docket is at')
  return postgresOf(folder)
}

async function untilPostgresRuns() {
  for (;;) {
    const pid = await postgresOf(folder).catch(() => 0)
    if (pid) return pid
    await sleep(10)
  }
}
