import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { system, systemCtx } from '../../src/context.ts'
import { db, pool } from '../../src/database/client.ts'
import { startListening } from '../../src/database/events.ts'
import { paths } from '../../src/paths.ts'
import { beat, follow, openStreams } from '../../src/services/live/streams.ts'
import { serveApp } from '../support/app.ts'
import { type Live, listens } from '../support/live.ts'
import { json, send, type Visit, visit } from '../support/raw.ts'
import { type Town, town } from '../support/town.ts'
import { addUser } from '../support/world.ts'

const app = serveApp()
let place: Town
let events: Awaited<ReturnType<typeof startListening>>
const open: Live[] = []

beforeAll(async () => {
  events = await startListening(String(pool.options.connectionString))
  place = await town()
})
afterAll(async () => {
  for (const live of open) live.leave()
  await events.stop()
})

const signIn = (who: keyof Town['emails']) => visit(app.url, place.emails[who])

async function watches(session: Visit) {
  const live = await listens(app.url, session.cookie)
  open.push(live)
  return live
}

const tell = (event: string, subject: object) =>
  pool.query(`SELECT pg_notify('docket_events', $1)`, [JSON.stringify({ event, ...subject })])

describe('the stream of what happens', () => {
  it('tells the front desk, doctors and admins of their clinics alone, and never which thing it was', async () => {
    const at = async (who: 'staff' | 'otherStaff' | 'doctor' | 'otherDoctor' | 'admin') => watches(await signIn(who))
    const here = [await at('staff'), await at('doctor'), await at('admin')]
    const elsewhere = [await at('otherStaff'), await at('otherDoctor')]
    await tell('appointment.booked', { clinicId: place.clinic.id, subjectId: place.appointment })
    for (const live of here) await live.hearsOf('appointment')

    await tell('time-off.added', { subjectId: place.doctor.id })
    for (const live of here) await live.hearsOf('timeslot')

    await tell('patient.changed', { subjectId: place.patient.patientId })
    await tell('settings.changed', {})
    for (const live of [...here, ...elsewhere]) await live.hearsOf('settings')
    for (const live of elsewhere) expect(live.heard).toEqual([{ about: ['settings'] }])
  })

  it('tells the desk that a message was not delivered, and that somebody saw to it', async () => {
    const [desk, elsewhere] = [await watches(await signIn('staff')), await watches(await signIn('otherStaff'))]
    const { id } = await db.notification.findFirstOrThrow({ where: { dedupeKey: 'town:failed' } })
    await db.notification.update({ where: { id }, data: { seenToAt: new Date(), seenToById: place.patient.id } })
    await desk.hearsOf('message')
    expect(elsewhere.heard.flatMap(({ about }) => about)).not.toContain('message')
  })

  it('folds what happens at once into one message', async () => {
    const live = await watches(await signIn('staff'))
    for (let at = 0; at < 40; at++) await tell('appointment.booked', { clinicId: place.clinic.id, subjectId: `${at}` })
    await tell('closure.added', { clinicId: place.clinic.id })
    await live.hearsOf('closure')
    expect(live.heard.length).toBeLessThan(10)
  })

  it('tells everyone when something was missed, and does not mind nonsense', async () => {
    const live = await watches(await signIn('otherStaff'))
    for (const payload of ['nonsense', '{"a":1}', '7', 'null', ''])
      await pool.query(`SELECT pg_notify('docket_events', $1)`, [payload])
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'docket-events' AND datname = current_database()`
    )
    expect((await live.hearsOf('closure')).about).toEqual(['appointment', 'timeslot', 'closure', 'message', 'settings'])
  })

  it('is sent as it is, at once', async () => {
    const { headers, retry } = await watches(await signIn('staff'))
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching('^text/event-stream'),
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no'
    })
    expect(headers['content-encoding']).toBeUndefined()
    expect(retry).toBeGreaterThanOrEqual(2000)
  })

  it('tells patients of their own notices, of nobody else’s and nothing of clinics', async () => {
    const [live, other] = [await watches(await signIn('patient')), await watches(await signIn('otherPatient'))]
    const doctor = await watches(await signIn('doctor'))
    await tell('appointment.booked', { clinicId: place.clinic.id, doctorIds: [place.doctor.id] })
    await tell('settings.changed', {})
    await tell('notice.changed', { subjectId: place.doctor.userId })
    expect((await doctor.hearsOf('notice')).about).toContain('notice')
    await tell('notice.changed', { subjectId: place.patient.id })
    expect((await live.hears()).about).toEqual(['notice'])
    await tell('missed', {})
    expect((await other.hears()).about).toEqual(['notice'])
    expect(new Set([...live.heard, ...other.heard].flatMap(({ about }) => about))).toEqual(new Set(['notice']))
  })

  it('is refused to guests', async () => {
    const { cookie } = await visit(app.url)
    const headers = { Accept: 'text/event-stream', Cookie: cookie }
    expect((await send(app.url, { path: paths.live(), headers })).status).toBe(303)
  })
})

describe('a stream ends', () => {
  it('when the account changes while it is still asked what it may hear', async () => {
    const inTheWay = await pool.connect()
    await inTheWay.query('BEGIN; LOCK TABLE doctor_clinics IN ACCESS EXCLUSIVE MODE')
    const [id, doctorId, ends] = [randomUUID(), place.doctor.id, vi.fn()]
    const ctx = {
      ...systemCtx(Temporal.Now.instant(), 'test'),
      actor: { ...system, id, doctorId, role: 'DOCTOR' as const }
    }
    const following = follow(ctx, 'a session', { tell: () => {}, beat: () => {}, end: ends })
    await tell('user.changed', { subjectId: id })
    try {
      await expect.poll(() => ends.mock.calls).toEqual([[true]])
    } finally {
      await inTheWay.query('COMMIT')
      inTheWay.release()
      ;(await following)()
    }
  })

  it('when its person signs out, also in another window, but not when another device does', async () => {
    const [desk, phone] = [await signIn('staff'), await signIn('staff')]
    const [first, second, other] = [await watches(desk), await watches(desk), await watches(phone)]
    await send(app.url, json('POST', paths.auth.logout(), desk, {}))
    expect([await first.ends(), await second.ends()]).toEqual(['over', 'over'])
    await beat()
    await other.beats()
  })

  it('when the account is disabled', async () => {
    const user = await addUser('ADMIN')
    const live = await watches(await visit(app.url, user.email))
    await send(app.url, json('POST', paths.admin.users.deactivation(user.id), await signIn('admin'), {}))
    expect(await live.ends()).toBe('over')
  })

  it('when its time is over, which it does not prolong', async () => {
    const [idle, old, fresh] = [await signIn('staff'), await signIn('staff'), await signIn('staff')]
    const streams = [await watches(idle), await watches(old), await watches(fresh)]
    const sid = ({ cookie }: Visit) => decodeURIComponent(cookie).split('s:')[1]?.split('.')[0]
    await pool.query(`UPDATE sessions SET expire = now() - interval '1 second' WHERE sid = $1`, [sid(idle)])
    const longAgo = `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{startedAt}', '1000')::json WHERE sid = $1`
    await pool.query(longAgo, [sid(old)])
    await beat()
    expect([await streams[0]?.ends(), await streams[1]?.ends()]).toEqual(['over', 'over'])
    await streams[2]?.beats()
  })

  it('for the oldest when an account has too many', async () => {
    const user = await addUser('ADMIN')
    const session = await visit(app.url, user.email)
    const many: Live[] = []
    for (let at = 0; at < 13; at++) many.push(await watches(session))
    expect(await many[0]?.ends()).toBe('over')
    await beat()
    await many[1]?.beats()
  })

  it('and is forgotten when its person leaves', async () => {
    const before = openStreams()
    const live = await watches(await signIn('otherDoctor'))
    expect(openStreams()).toBe(before + 1)
    live.leave()
    await expect.poll(openStreams).toBe(before)
  })
})

it('does not keep a session alive, and leaves the next page its message', async () => {
  const { cookie } = await signIn('staff')
  const sid = decodeURIComponent(cookie).split('s:')[1]?.split('.')[0]
  const seenAt = Date.now() - 10 * 60_000
  await pool.query(
    `UPDATE sessions SET sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($2::float8))::json WHERE sid = $1`,
    [sid, seenAt]
  )
  const seen = async () =>
    (await pool.query(`SELECT (sess->>'seenAt')::float8 AS at FROM sessions WHERE sid = $1`, [sid])).rows[0].at
  const asks = (headers: Record<string, string>) =>
    send(app.url, {
      path: paths.admin.index(),
      headers: { Accept: 'text/html', Cookie: `${cookie}; flash=auth%3Alogout.done`, ...headers }
    })

  open.push(await listens(app.url, cookie))
  expect((await asks({ 'X-Refresh': 'live' })).headers['set-cookie']).toBeUndefined()
  expect(await seen()).toBe(seenAt)
  expect(String((await asks({})).headers['set-cookie'])).toContain('flash=;')
  expect(await seen()).toBeGreaterThan(seenAt)
})
