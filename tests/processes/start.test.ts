import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths.ts'
import { Person } from '../support/person.ts'
import { clearAway, copyOfApp, expectGone, freePort, postgresOf, type Running, runFile } from './support.ts'

const password = 'docket-demo-2026'
let folder: string
let port: number
let app: Running

beforeAll(async () => {
  folder = await copyOfApp()
  port = await freePort()
  await start()
}, 90_000)
afterAll(() => clearAway(folder))

describe('started for the first time', () => {
  it('tells the address and one sign-in per role', () => {
    const accounts = ['patient', 'doctor', 'staff', 'admin'].map(role => `${role}@demo.example`.padEnd(22))
    const lines = [`Docket is at http://localhost:${port}`, ...accounts.map(email => `  ${email} ${password}`)]
    expect(app.said.out).toContain(`${lines.join('\n')}\n`)
    expect(app.said.err).toBe('')
  })

  it('lets each of them in', async () => {
    const url = `http://localhost:${port}`
    for (const role of ['patient', 'doctor', 'staff', 'admin'])
      expect(await signIn(new Person(url), `${role}@demo.example`)).toMatchObject({
        user: { role: role.toUpperCase() }
      })
  })

  it('is the only one in its folder', async () => {
    const { code, err } = await runFile(folder, 'server.ts', { PORT: await freePort() }).ended()
    expect({ code, err }).toEqual({ code: 1, err: `Docket is already running in ${folder}/.data/postgres\n` })
    expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200)
  })

  it('gets an admin by `npm run admin:create`', async () => {
    const made = await createAdmin('bea@clinic.example')
    expect(made).toMatchObject({ code: 0, err: '' })
    const invitation = /invitation=(\S+)/.exec(made.out)?.[1]
    const bea = new Person(`http://localhost:${port}`)
    const account = { email: 'bea@clinic.example', name: 'Bea Obi', password, invitation }
    expect((await bea.sends('post', paths.auth.register(), account)).body.user.role).toBe('ADMIN')
  })
})

it('after SIGTERM nothing runs, and the next start has the data', async () => {
  const postgres = await postgresOf(folder)
  expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
  expectGone(postgres)
  expect(await createAdmin('cleo@clinic.example')).toMatchObject({
    code: 1,
    err: expect.stringContaining('npm start')
  })

  await start()
  expect(await signIn(new Person(`http://localhost:${port}`), 'bea@clinic.example')).toMatchObject({
    user: { name: 'Bea Obi' }
  })
  expect(await app.stop('SIGTERM')).toMatchObject({ code: 0, err: '' })
})

async function start() {
  app = runFile(folder, 'server.ts', { PORT: port })
  await app.says('admin@demo.example')
}

const createAdmin = (email: string) =>
  runFile(folder, 'create-admin.ts', { PORT: port }, ['--email', email, '--name', 'Bea Obi']).ended()

const signIn = async (person: Person, email: string) =>
  (await person.sends('post', paths.auth.login(), { email, password })).body
