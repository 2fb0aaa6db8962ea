import { describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { serveApp } from '../support/app.ts'
import { signedIn, visitor } from '../support/person.ts'
import { password, registerPatient } from '../support/world.ts'

const app = serveApp()
const here = paths.auth.register()
const ada = { name: 'Ada Obi', email: 'Ada.Obi@docket.example', password: 'copper lantern tuesday' }

describe('to register', () => {
  it('opens an account with its own person, signed in at once', async () => {
    const guest = visitor(app)
    const { status, body } = await guest.sends('post', here, { ...ada, role: 'PATIENT' })

    expect(status).toBe(201)
    expect(body).toEqual({
      user: { id: expect.any(String), name: 'Ada Obi', email: 'Ada.Obi@docket.example', role: 'PATIENT' },
      csrfToken: expect.any(String)
    })
    expect((await guest.asks(paths.auth.session())).body.user).toEqual(body.user)
    expect(await db.patient.findMany({ where: { accountId: body.user.id } })).toMatchObject([
      { relation: 'SELF', name: 'Ada Obi' }
    ])
  })

  it('is told beside the field when the address has an account, in whatever case', async () => {
    const page = await visitor(app).submits(here, { ...ada, email: 'ADA.OBI@DOCKET.EXAMPLE' })

    expect(page.status).toBe(422)
    expect(page.problems).toEqual(['There is an account with this e-mail address already'])
    expect(page.field('Full name').value).toBe('Ada Obi')
    expect(page.html).not.toContain(ada.password)
  })

  it('gives one account to two who ask for one address at once', async () => {
    const both = await Promise.all(
      [1, 2, 3, 4].map(() => visitor(app).sends('post', here, { ...ada, email: 'twice@docket.example' }))
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422])
  })

  it.each(['ADMIN', 'STAFF', 'DOCTOR'])('makes nobody %s', async role => {
    const answer = await visitor(app).sends('post', here, { ...ada, email: 'climber@docket.example', role })
    expect(answer.status).toBe(422)
    expect(answer.body.errors).toEqual([{ field: 'role', message: expect.stringContaining('ask an administrator') }])
  })

  it.each([{ isAdmin: true }, { id: 'x' }, { disabledAt: null }, { clinicIds: [] }, { user: { role: 'ADMIN' } }])(
    'takes nothing that the form has not: %j',
    async more => {
      const answer = await visitor(app).sends('post', here, { ...ada, email: 'climber@docket.example', ...more })
      expect(answer.status).toBe(422)
      expect(await db.user.count({ where: { email: 'climber@docket.example' } })).toBe(0)
    }
  )

  it.each([
    ['seven77', 'Choose a password of 8 characters or more'],
    ['password1', 'Choose another password: this one is among the first that are tried'],
    ['BenOkri', 'Choose a password of 8 characters or more'],
    ['ben.okri@docket.example', 'Choose a password that is not your name or e-mail address'],
    ['x'.repeat(1025), 'Choose a password of 1,024 bytes or fewer'],
    ['', 'Choose a password']
  ])('refuses a password that is soon guessed: %.20s', async (weak, why) => {
    const page = await visitor(app).submits(here, {
      name: 'Ben Okri',
      email: 'ben.okri@docket.example',
      password: weak
    })
    expect([page.status, page.problems]).toEqual([422, [why]])
  })

  it('keeps line breaks out of a name, which goes into the header of an e-mail', async () => {
    const page = await visitor(app).submits(here, {
      ...ada,
      name: 'Ada\r\nBcc: all@docket.example',
      email: 'bcc@docket.example'
    })
    expect([page.status, page.problems]).toEqual([422, ['Take out the characters that can’t be shown']])
  })

  it('goes on to the page that was asked for', async () => {
    const next = paths.booking.holds.add({ timeslotId: 'b6b1c7de-3c2f-4b0e-9a6e-0d7f5f1f0c11' })
    const page = await visitor(app).submits(here, { ...ada, email: 'next@docket.example', next })
    expect([page.status, page.location]).toEqual([303, next])
  })
})

describe('an account', () => {
  it('changes its own name and phone, and nothing else', async () => {
    const ben = await signedIn(app, await registerPatient({ name: 'Ben Okri' }))
    const { status, body } = await ben.sends('post', paths.auth.account(), {
      name: 'Ben O. Okri',
      phone: '+44 117 496 0123'
    })
    expect([status, body.account]).toMatchObject([
      200,
      { name: 'Ben O. Okri', phone: '+44 117 496 0123', role: 'PATIENT' }
    ])

    for (const more of [{ role: 'ADMIN' }, { email: 'root@docket.example' }])
      expect((await ben.sends('post', paths.auth.account(), { name: 'Ben', ...more })).status).toBe(422)
    expect((await ben.asks(paths.auth.session())).body.user.role).toBe('PATIENT')
  })

  it('changes its password only with the one it has, and is signed out everywhere else', async () => {
    const user = await registerPatient()
    const [laptop, phone] = [await signedIn(app, user), await signedIn(app, user)]
    const wrong = await laptop.submits(paths.auth.password(), {
      current: 'not mine',
      password: 'copper lantern tuesday'
    })
    expect([wrong.status, wrong.problems]).toEqual([422, ['The password you have now is another one']])
    expect(wrong.html).not.toContain('not mine')

    const done = await laptop.submits(paths.auth.password(), { current: password, password: 'copper lantern tuesday' })
    expect([done.status, done.location]).toEqual([303, paths.auth.account()])
    expect((await laptop.opens(paths.auth.account())).status).toBe(200)
    expect((await phone.asks(paths.auth.session())).body.user).toBeNull()
    await expect(signedIn(app, user)).rejects.toThrow('401')
  })
})
