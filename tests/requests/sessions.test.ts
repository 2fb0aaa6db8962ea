import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const minute = 60_000
let admin: Person

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
})

const sessionsOf = async (person: Person) =>
  (await person.asks(paths.auth.sessions.index())).body.sessions as { id: string; isCurrent: boolean }[]

const whoIs = async (person: Person) => (await person.asks(paths.auth.session())).body.user

describe('a session', () => {
  it('is listed beside the others of the account, and ended from any of them', async () => {
    const user = await registerPatient()
    const [laptop, phone] = [await signedIn(app, user), await signedIn(app, user)]
    const listed = await sessionsOf(laptop)
    expect(listed.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true])
    expect(JSON.stringify(listed)).not.toContain('passport')

    const other = listed.find(({ isCurrent }) => !isCurrent)?.id ?? ''
    expect((await laptop.submits(paths.auth.sessions.removal(other))).location).toBe(paths.auth.sessions.index())
    expect([await whoIs(phone), (await whoIs(laptop)).id]).toEqual([null, user.id])
    expect((await laptop.sends('post', paths.auth.sessions.removal(other))).status).toBe(404)
  })

  it('of somebody else can’t be ended, nor is it told that there is one', async () => {
    const [ada, ben] = [await signedIn(app, await registerPatient()), await signedIn(app, await registerPatient())]
    const [own] = await sessionsOf(ada)
    expect((await ben.sends('post', paths.auth.sessions.removal(own?.id ?? ''))).status).toBe(404)
    expect(await whoIs(ada)).not.toBeNull()
  })

  it('that one ends is one’s own signs out', async () => {
    const ada = await signedIn(app, await registerPatient())
    const [own] = await sessionsOf(ada)
    expect((await ada.submits(paths.auth.sessions.removal(own?.id ?? ''))).location).toBe(paths.home())
    expect(await whoIs(ada)).toBeNull()
  })

  it.each([
    ['30 minutes without a request', { seenAt: 31 * minute, startedAt: 40 * minute }],
    ['12 hours', { seenAt: minute, startedAt: 12 * 60 * minute + minute }]
  ])('ends after %s', async (_when, { seenAt, startedAt }) => {
    const user = await registerPatient()
    const ada = await signedIn(app, user)
    const now = Date.now()
    await db.$executeRaw`
      UPDATE sessions SET sess = (sess::jsonb || jsonb_build_object('seenAt', ${now - seenAt}::float8, 'startedAt', ${now - startedAt}::float8))::json
      WHERE sess->'passport'->>'user' = ${user.id}`
    expect((await ada.opens(paths.auth.account())).location).toBe(paths.auth.login({ next: paths.auth.account() }))
    expect(await whoIs(ada)).toBeNull()
  })

  it('can’t be made up', async () => {
    const guest = visitor(app)
    for (const cookie of ['docket=s%3Aabc.def', 'docket=abc', 'docket=s%3A%27%20OR%201%3D1--.x', 'docket=j%3A%7B%7D'])
      expect((await guest.bare('get', paths.auth.session()).set('Cookie', cookie)).body.user).toBeNull()
  })
})

describe('what an admin changes of an account counts at its next request', () => {
  it('when it is disabled', async () => {
    const user = await registerPatient()
    const ada = await signedIn(app, user)
    expect((await admin.sends('post', paths.admin.users.deactivation(user.id))).status).toBe(200)

    expect((await ada.asks(paths.booking.appointments.index())).status).toBe(401)
    await expect(signedIn(app, user)).rejects.toThrow('401')
    expect((await admin.sends('post', paths.admin.users.activation(user.id))).status).toBe(200)
    expect(await whoIs(await signedIn(app, user))).toMatchObject({ id: user.id })
    expect(await whoIs(ada)).toBeNull()
  })

  it('when its role becomes another', async () => {
    const clinic = await openClinic()
    const user = await addUser('ADMIN', { name: 'Ines Prat' })
    const ines = await signedIn(app, user)
    expect((await ines.asks(paths.admin.users.index())).status).toBe(200)

    const changed = await admin.sends('patch', paths.admin.users.show(user.id), {
      role: 'STAFF',
      clinicIds: [clinic.id]
    })
    expect([changed.status, changed.body.account?.role ?? changed.body.user?.role]).toEqual([200, 'STAFF'])
    expect((await ines.asks(paths.admin.users.index())).status).toBe(401)
    const again = await signedIn(app, user)
    expect((await again.asks(paths.admin.users.index())).status).toBe(403)
    expect((await again.asks(paths.admin.clinics.index())).body.clinics).toHaveLength(1)
  })

  it('but never of the last one who could change it back', async () => {
    const { id } = await whoIs(admin)
    expect((await admin.sends('post', paths.admin.users.deactivation(id))).status).toBe(422)
    await db.user.updateMany({ where: { role: 'ADMIN', id: { not: id } }, data: { disabledAt: new Date() } })
    expect((await admin.sends('patch', paths.admin.users.show(id), { role: 'STAFF' })).status).toBe(422)
    expect((await whoIs(admin)).role).toBe('ADMIN')
  })
})
