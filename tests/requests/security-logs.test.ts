import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, pool } from '../../src/database/client.ts'
import { withoutData } from '../../src/log.ts'
import { paths } from '../../src/paths.ts'
import { clearAway, freePort, root, runFile } from '../processes/support.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addSlots, hireDoctor, openClinic, password } from '../support/world.ts'

const secrets = {
  name: 'Quilla Vantongeren',
  email: 'quilla.vantongeren@docket.example',
  phone: '+44 117 496 0777',
  password,
  child: 'Orlo Vantongeren',
  allergies: 'Quinine, hives',
  reason: 'Fainting spells at dawn',
  why: 'Feeling wonderfully better',
  search: 'Vulvodynia',
  link: '0123456789abcdef-link'
}

let log: () => string
const app = { url: '' }

beforeAll(async () => {
  const port = await freePort()
  const server = runFile(root, 'server.ts', {
    ...{ NODE_ENV: 'test', LOG_LEVEL: 'debug', PORT: port, WORKER: 'apart', TZ: 'UTC' },
    ...{
      DATABASE_URL: String(pool.options.connectionString),
      SESSION_SECRET: 'a secret for this one test, long enough'
    }
  })
  await server.says('Docket is at')
  log = () => server.said.out + server.said.err
  app.url = `http://127.0.0.1:${port}`
})
afterAll(() => clearAway())

it('the log has one line a request and nothing about anyone', async () => {
  const clinic = await openClinic()
  const doctor = await hireDoctor(clinic.id)
  const [slot] = await addSlots(doctor.id, clinic, 1)
  const { name, email, phone, child, allergies, reason, why, search, link } = secrets
  const { auth, booking } = paths

  const guest = visitor(app)
  expect((await guest.sends('post', auth.login(), { email, password })).status).toBe(401)
  expect((await guest.sends('post', auth.register(), { name, email, phone, password })).status).toBe(201)
  for (const path of [paths.visits.reschedule(link), paths.unsubscriptions(link)])
    expect((await guest.opens(path)).status).toBe(404)
  const quilla = await signedIn(app, { email })
  expect((await visitorFails(quilla, email)).status).toBe(400)
  expect(
    (
      await quilla.sends('post', booking.patients.index(), {
        name: child,
        dateOfBirth: '2019-07-23',
        relation: 'CHILD',
        allergies
      })
    ).status
  ).toBe(201)
  expect((await quilla.opens(booking.doctors.index({ q: search }))).status).toBe(200)
  const { status, body } = await quilla.sends('post', booking.appointments.index(), {
    doctorId: doctor.id,
    timeslotId: slot?.id,
    reason
  })
  expect(status).toBe(201)
  expect(
    (await quilla.sends('post', booking.appointments.cancellation(body.appointment.id), { reason: why })).status
  ).toBe(200)
  expect((await quilla.opens(`/nowhere?q=${encodeURIComponent(name)}`)).status).toBe(404)
  expect((await quilla.submits(auth.logout())).status).toBe(303)

  const said = log()
  expect(said.split('\n').filter(line => line.includes('"responseTime"')).length).toBeGreaterThanOrEqual(10)
  expect(said).toContain(`"path":"${booking.appointments.index()}"`)
  for (const secret of [...Object.values(secrets), 'Vantongeren', '2019-07-23', 'docket=s', body.appointment.reference])
    expect([secret, said.includes(secret), said.includes(encodeURIComponent(secret))]).toEqual([secret, false, false])
})

it('whoever is turned away during maintenance is no error in the log', async () => {
  const toAll = (event: string) =>
    pool.query(`SELECT pg_notify('docket_events', $1)`, [JSON.stringify({ event, subjectId: null })])
  await db.setting.create({ data: { key: 'isUnderMaintenance', value: true } })
  await toAll('settings.changed')
  await expect.poll(async () => (await visitor(app).opens('/')).status).toBe(503)
  await db.setting.deleteMany()
  await toAll('settings.changed')

  const lines = () =>
    log()
      .split('\n')
      .filter(line => line.includes('"statusCode":503'))
  await expect.poll(() => lines().length).toBe(1)
  expect(lines()[0]).toMatch(/"level":30,.*"request completed"/)
  expect(lines()[0]).not.toContain('"err"')
})

it('an error of the database is logged without what it quotes', async () => {
  const { email, name } = secrets
  const wrong = { role: 'NONE' as 'ADMIN', email, name }
  const failures = [
    await db.user.create({ data: wrong }).catch(error => error),
    await db.$queryRaw`SELECT ${email}::text::uuid`.catch(error => error),
    await pool.query('SELECT $1::text::uuid', [email]).catch(error => error)
  ]
  for (const failure of failures) {
    expect(JSON.stringify([failure.message, failure.stack])).toContain(email)
    expect(JSON.stringify(withoutData(failure))).not.toContain(email)
    expect(withoutData(failure).stack).toContain('    at ')
  }
  expect(withoutData(new Error('no slot')).message).toBe('no slot')
})

/** A request that ends in an error which quotes what was sent. */
const visitorFails = async (person: Person, email: string) => {
  const token = await person.token()
  return person.bare('post', paths.auth.account()).set('X-CSRF-Token', token).type('json').send(`{"email": "${email}`)
}
