import pg from 'pg'
import { register } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { config } from '../../src/config.ts'
import { db, pool } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { listens } from '../support/live.ts'
import { signedIn, visitor } from '../support/person.ts'
import { addUser, hireDoctor, openClinic, password } from '../support/world.ts'

// Limits are made when the routes are read; so the factor comes first, and the app is read twice, as by two processes.
Object.assign(config, { rateLimitFactor: 0.3 })
const { serveApp } = await import('../support/app.ts')
const app = serveApp()

register.clear()
vi.resetModules()
Object.assign((await import('../../src/config.ts')).config, { rateLimitFactor: 0.3 })
const second = await import('../support/app.ts')
const secondClient = await import('../../src/database/client.ts')
beforeAll(() => secondClient.connect(String(pool.options.connectionString)))
const twin = second.serveApp()
afterAll(() => secondClient.disconnect())

const guess = (url: { url: string }, email: string, typed = 'wrong horse battery') =>
  visitor(url).sends('post', paths.auth.login(), { email, password: typed })

describe('to guess a password', () => {
  it('is over after a few tries, for both processes together, and says when to come back', async () => {
    await addUser('PATIENT', { email: 'ada@docket.example' })
    const tries = [app, twin, app]
    for (const one of tries) expect((await guess(one, 'ada@docket.example')).status).toBe(401)

    for (const one of [twin, app]) {
      const answer = await guess(one, 'ADA@docket.example', password)
      expect([answer.status, answer.type, answer.body.title]).toEqual([
        429,
        'application/problem+json',
        'Too many tries'
      ])
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(14 * 60)
    }
    const page = await visitor(app).submits(paths.auth.login(), { email: 'ada@docket.example', password })
    expect([page.status, page.heading]).toEqual([429, 'Too many tries'])
    expect(page.text).toContain('Wait 15 minutes, then try again.')
  })

  it('of one account keeps nobody else out, and a sign-in that goes well is not counted', async () => {
    const ben = await addUser('PATIENT', { email: 'ben@docket.example' })
    for (let time = 0; time < 5; time++) await signedIn(app, ben)
  })

  it('is counted without keeping the address', async () => {
    const rows = await db.rateLimit.findMany()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('docket.example')
  })

  it('is possible again when the time is over', async () => {
    await db.rateLimit.updateMany({ data: { resetAt: new Date('2020-01-01') } })
    expect((await guess(twin, 'ada@docket.example', password)).status).toBe(200)
  })
})

describe('to try invitation codes', () => {
  it('is over after a few, at both doors and by both ways', async () => {
    const statuses: number[] = []
    for (let time = 0; time < 4; time++) {
      statuses.push((await visitor(app).opens(paths.auth.register({ invitation: `AAAA-${time}` }))).status)
      statuses.push((await visitor(twin).opens(`${paths.admin.register()}?invitation=BBBB-${time}`)).status)
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404, 429, 429])
    expect((await visitor(app).opens(paths.auth.register())).status).toBe(200)
  })

  it('counts each of many at once', async () => {
    await db.rateLimit.deleteMany()
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        visitor(at % 2 ? app : twin).opens(paths.auth.register({ invitation: `CCCC-${at}` }))
      )
    )
    expect(many.filter(({ status }) => status === 404)).toHaveLength(6)
    expect(many.filter(({ status }) => status === 429)).toHaveLength(14)
  })
})

describe('pages that stay open', () => {
  it('are listened to by so many guests at one address, and the next may as soon as one leaves', async () => {
    const { id } = await hireDoctor((await openClinic()).id)
    const path = paths.booking.doctors.live(id)
    const open = []
    for (let at = 0; at < 6; at++) open.push(await listens(app.url, '', path))
    const refused = await visitor(app).bare('get', path).set('Accept', 'text/event-stream')
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60'])
    open.pop()?.leave()
    const again = async () => {
      const live = await listens(app.url, '', path).catch(() => null)
      if (live) open.push(live)
      return live !== null
    }
    await expect.poll(again).toBe(true)
    for (const live of open) live.leave()
  })
})

describe('a limit', () => {
  it('is no state of the process', async () => {
    const other = new pg.Pool({ connectionString: String(pool.options.connectionString) })
    const { rows } = await other.query('SELECT hits FROM rate_limits ORDER BY hits DESC LIMIT 1')
    await other.end()
    expect(rows[0].hits).toBe(20)
  })
})
