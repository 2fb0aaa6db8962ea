import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const { users } = paths.admin
const chosen = 'copper lantern tuesday'
let admin: Person

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
})

/** Somebody who forgot the password, and the code the admin got for them. */
async function forgetful() {
  const user = await registerPatient()
  const { status, body } = await admin.sends('post', users.reset(user.id))
  expect(status).toBe(201)
  return { ...user, code: body.reset.code as string, link: body.reset.link as string }
}

const use = (code: string, password = chosen) => visitor(app).sends('post', paths.auth.reset(), { code, password })
const signIn = ({ email }: { email: string }, password: string) =>
  visitor(app).sends('post', paths.auth.login(), { email, password })

describe('a reset link', () => {
  it('lets its holder choose a password, once, and ends every session', async () => {
    const ada = await forgetful()
    const laptop = await signedIn(app, ada)
    const phone = visitor(app)
    const opened = await phone.opens(ada.link.replace(/^https?:\/\/[^/]+/, ''))
    expect([opened.status, opened.heading, opened.text]).toEqual([
      200,
      'Choose a new password',
      expect.stringContaining(ada.email)
    ])
    const weak = await phone.submits(paths.auth.reset(), { code: ada.code, password: 'short' })
    expect([weak.status, weak.$('[name=code]').val()]).toEqual([422, ada.code])
    const done = await phone.submits(paths.auth.reset(), { code: ada.code, password: chosen })
    expect([done.status, done.location]).toEqual([303, paths.booking.appointments.index()])

    expect((await phone.asks(paths.auth.session())).body.user.email).toBe(ada.email)
    expect((await laptop.asks(paths.auth.account())).status).toBe(401)
    expect([(await signIn(ada, 'correct horse battery')).status, (await signIn(ada, chosen)).status]).toEqual([
      401, 200
    ])
    expect((await use(ada.code)).body.detail).toContain('can’t be used')
    expect((await visitor(app).opens(paths.auth.reset({ code: ada.code }))).status).toBe(404)
  })

  it('works for one of three who use it at once', async () => {
    const { code } = await forgetful()
    const all = await Promise.all([1, 2, 3].map(() => use(code)))
    expect(all.map(({ status }) => status).sort()).toEqual([200, 422, 422])
  })

  it.each([
    'expired',
    'replaced',
    'of a disabled account',
    'of one that was',
    'older than a new password',
    'older than a new role'
  ])('is refused: %s', async why => {
    const ada = await forgetful()
    if (why === 'expired') {
      const data = { createdAt: new Date('2020-01-01'), expiresAt: new Date('2020-01-02') }
      await db.invitation.updateMany({ where: { userId: ada.id }, data })
    }
    if (why === 'replaced') await admin.sends('post', users.reset(ada.id))
    if (why.includes('disabled')) await admin.sends('post', users.deactivation(ada.id))
    if (why.includes('was')) {
      await admin.sends('post', users.deactivation(ada.id))
      await admin.sends('post', users.activation(ada.id))
    }
    if (why.includes('role')) await admin.sends('patch', users.show(ada.id), { role: 'ADMIN' })
    if (why.includes('password')) {
      const own = { current: 'correct horse battery', password: 'violet anchor monday' }
      await (await signedIn(app, ada)).sends('post', paths.auth.password(), own)
    }
    expect((await use(ada.code)).status).toBe(422)
  })

  it('is no invitation, and an invitation no reset', async () => {
    const { code } = await forgetful()
    const joined = await visitor(app).sends('post', paths.auth.register(), {
      ...{ invitation: code, name: 'Eve Moss', password: chosen }
    })
    expect([joined.status, joined.body.errors[0].field]).toEqual([422, 'invitation'])
    const clinicIds = [(await openClinic()).id]
    const ines = { name: 'Ines Prat', email: 'ines@docket.example', role: 'STAFF', clinicIds }
    const { body } = await admin.sends('post', users.index(), ines)
    expect((await use(body.invitation.code)).status).toBe(422)

    const early = await admin.submits(users.reset(body.account.id))
    expect(early.problems).toEqual(['Nobody has opened this account yet. Make a new invitation instead'])
    expect((await use(code)).status).toBe(200)
  })

  it('that first shows whose an address is takes away a number that somebody else may have typed', async () => {
    const phone = '+44 7700 900123'
    const [squatted, known] = [
      await registerPatient({ phone, emailConfirmedAt: null }),
      await registerPatient({ phone })
    ]
    for (const { id } of [squatted, known]) {
      const { body } = await admin.sends('post', users.reset(id))
      expect((await use(body.reset.code)).status).toBe(200)
    }
    const phones = [squatted, known].map(({ id }) => db.user.findUniqueOrThrow({ where: { id } }))
    expect((await Promise.all(phones)).map(user => [user.phone, user.wantsTexts, user.emailConfirmedAt])).toEqual([
      [null, true, expect.any(Date)],
      [phone, true, known.emailConfirmedAt]
    ])
  })

  it('is shown to the admin once, and kept only as a hash', async () => {
    const ada = await registerPatient()
    const page = await admin.submits(users.reset(ada.id))
    const link = String(page.$('input[readonly]').val())
    expect([page.status, link]).toEqual([201, expect.stringMatching(/\/auth\/reset\?code=(\w{4}-){6}\w{4}$/)])
    const code = link.split('=')[1] ?? ''
    const kept = [await db.invitation.findMany(), await db.auditEvent.findMany()]
    expect(JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? 0 : value))).not.toContain(code)
    expect((await admin.opens(users.show(ada.id))).html).not.toContain(code)
    await admin.sends('post', users.deactivation(ada.id))
    expect((await admin.sends('post', users.reset(ada.id))).body.detail).toContain('is disabled')
  })
})
