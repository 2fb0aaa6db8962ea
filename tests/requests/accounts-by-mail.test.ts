import pg from 'pg'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { useMail } from '../../src/gateways/email.ts'
import { paths } from '../../src/paths.ts'
import { answerMailRequests } from '../../src/services/people/answer-mail-requests.ts'
import { sweep } from '../../src/services/settings/sweep.ts'
import { serveApp } from '../support/app.ts'
import { codeIn, letterbox, linkIn } from '../support/letterbox.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, openClinic, registerPatient } from '../support/world.ts'

const app = serveApp()
const box = letterbox()
const { forgotten, reset, register, login } = paths.auth
const chosen = 'copper lantern tuesday'
let admin: Person

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
})

const ask = (email: string) => visitor(app).submits(forgotten(), { email })
const asks = (count: number) => Array.from({ length: count }, (_, at) => at)
const subjects = (mails: { subject?: string | undefined }[]) => mails.map(({ subject }) => subject)

describe('a forgotten password', () => {
  it('is chosen anew by the link that arrives, which works once and ends every session', async () => {
    const ada = await registerPatient({ emailConfirmedAt: new Date(), name: 'Ada Obi' })
    const laptop = await signedIn(app, ada)
    const phone = visitor(app)
    expect((await phone.opens(login())).links).toContain(forgotten())
    expect((await phone.opens(paths.admin.login())).links).toContain(forgotten({ door: 'team' }))
    const asked = await phone.submits(forgotten(), { email: ada.email.toUpperCase() })
    expect([asked.status, asked.location]).toEqual([303, forgotten({ sent: 'yes' })])
    const sent = await phone.opens(String(asked.location))
    expect([sent.title.startsWith(sent.heading), sent.text]).toEqual([
      true,
      expect.stringContaining('If there is an account')
    ])
    const [invited, teams] = ['Whoever invited you', await phone.opens(forgotten({ door: 'team', sent: 'yes' }))]
    expect([sent.text.includes(invited), teams.text.includes(invited)]).toEqual([false, true])

    const [mail, ...others] = await box.of(ada.email)
    expect([mail?.subject, others]).toEqual(['Choose a new password', []])
    for (const said of ['Hello Ada Obi,', '30 minutes', 'your password stays as it is']) {
      expect(mail?.text).toContain(said)
      expect(mail?.html).toContain(said)
    }
    const page = await phone.opens(linkIn(mail))
    expect([page.heading, page.headers['referrer-policy']]).toEqual(['Choose a new password', 'strict-origin'])
    const code = codeIn(linkIn(mail))
    const use = () => visitor(app).sends('post', reset(), { code, password: chosen })
    const all = await Promise.all([use(), use()])
    expect(all.map(({ status }) => status).sort()).toEqual([200, 422])

    expect((await laptop.asks(paths.auth.account())).status).toBe(401)
    expect((await visitor(app).sends('post', login(), { email: ada.email, password: chosen })).status).toBe(200)
    const unusable = await visitor(app).opens(linkIn(mail))
    expect([unusable.status, unusable.links.includes(forgotten())]).toEqual([404, true])
    expect(subjects(await box.of(ada.email))).toEqual(['Your password was changed'])
    expect(await db.mailRequest.count()).toBe(0)
  })

  it('has a link for half an hour; a newer one ends it, and one that ended is not mailed', async () => {
    const ada = await registerPatient()
    await ask(ada.email)
    const [first] = await box.of(ada.email)
    await ask(ada.email)
    await ask(ada.email)
    const [second, ...others] = await box.of(ada.email)
    expect(others).toEqual([])
    expect((await visitor(app).opens(linkIn(first))).status).toBe(404)
    expect((await visitor(app).opens(linkIn(second))).status).toBe(200)
    const links = await db.invitation.findMany({ where: { userId: ada.id, usedAt: null } })
    const lasted = links.map(({ createdAt, expiresAt }) => expiresAt.valueOf() - createdAt.valueOf())
    expect(Math.max(...lasted)).toBe(30 * 60_000)
    await db.invitation.updateMany({ where: { userId: ada.id }, data: { expiresAt: new Date() } })
    expect((await visitor(app).opens(linkIn(second))).status).toBe(404)
  })

  it('does not end the link that an admin has offered, until one of both is used', async () => {
    const ada = await registerPatient()
    const { body } = await admin.sends('post', paths.admin.users.reset(ada.id))
    await ask(ada.email)
    const mails = await box.of(ada.email)
    expect(mails.map(linkIn)).toContain(reset({ code: body.reset.code }))
    const both = () => Promise.all(mails.map(async mail => (await visitor(app).opens(linkIn(mail))).status))
    expect(await both()).toEqual([200, 200])
    await visitor(app).sends('post', reset(), { code: codeIn(linkIn(mails[0])), password: chosen })
    expect(await both()).toEqual([404, 404])
  })

  it('is answered however often the desk has sent an older mail again', async () => {
    const ada = await registerPatient()
    await ask(ada.email)
    expect(await box.of(ada.email)).toHaveLength(1)
    const { id } = await db.notification.findFirstOrThrow({ where: { recipientId: ada.id } })
    for (const copies of asks(3)) await admin.submits(paths.admin.messages.resending(id), { copies: String(copies) })
    expect(await db.notification.count({ where: { recipientId: ada.id } })).toBe(4)
    await ask(ada.email)
    expect(new Set((await box.of(ada.email)).map(linkIn)).size).toBe(1)
    expect(await db.notification.count({ where: { recipientId: ada.id } })).toBe(5)
  })

  it('answers alike, and asks the database the same, whether or not there is an account', async () => {
    const [ada, gone] = [await registerPatient(), await registerPatient({ disabledAt: new Date() })]
    const seen = vi.spyOn(pg.Client.prototype, 'query')
    const answer = async (email: string, isPage: boolean) => {
      const guest = visitor(app)
      await guest.token()
      seen.mockClear()
      const path = forgotten()
      const { status, headers, text } = isPage
        ? await guest.submits(path, { email }).then(page => ({ ...page, text: page.html }))
        : await guest.sends('post', path, { email })
      const { date: _, etag, 'x-request-id': id, ratelimit, ...rest } = headers
      // Seconds go by while it is asked.
      const same = { ...rest, ratelimit: String(ratelimit).replace(/reset=\d+/, '') }
      const asked = seen.mock.calls.map(([query]) => (query as unknown as { text?: string }).text ?? String(query))
      return { status, same, etag: Boolean(etag), id: Boolean(id), text, asked }
    }
    for (const isPage of [true, false]) {
      const [unknown, known, disabled] = [
        await answer('nobody@docket.example', isPage),
        await answer(ada.email, isPage),
        await answer(gone.email, isPage)
      ]
      expect([unknown.status, unknown.asked.length > 0]).toEqual([isPage ? 303 : 202, true])
      expect(unknown.asked.filter(text => /\busers\b/.test(text))).toEqual([])
      expect([known, disabled]).toEqual([unknown, unknown])
    }
    seen.mockRestore()
    expect([...(await box.of('nobody@docket.example')), ...(await box.of(gone.email))]).toEqual([])
  })

  it('is answered once by two workers, three times an hour at most, and not after a day', async () => {
    const ada = await registerPatient()
    for (const _ of asks(5)) await ask(ada.email)
    const answered = await Promise.all(asks(3).map(() => answerMailRequests(box.at())))
    expect(answered.reduce((sum, each) => sum + each)).toBe(5)
    expect(await db.notification.count({ where: { recipientId: ada.id } })).toBe(3)
    expect(await box.of(ada.email)).toHaveLength(1)
    await db.mailRequest.create({ data: { kind: 'RESET', email: ada.email, createdAt: new Date('2020-01-01') } })
    expect(await sweep(systemCtx(Temporal.Now.instant(), 'test'))).toMatchObject({ requests: 1 })
  })

  it('sends the invitation again to whoever has not opened the account yet, as long as it is good', async () => {
    const clinicIds = [(await openClinic({ name: 'Harbour Clinic' })).id]
    const ines = { name: 'Ines Prat', email: 'ines@docket.example', role: 'STAFF', clinicIds }
    const added = await admin.submits(paths.admin.users.index(), ines)
    expect(added.text).toContain('We are mailing this link to ines@docket.example')
    const [first] = await box.of(ines.email)
    for (const said of ['Hello Ines Prat,', 'Front desk', 'Harbour Clinic', 'The link works until'])
      expect([first?.text, first?.html]).toEqual([expect.stringContaining(said), expect.stringContaining(said)])
    expect(linkIn(first)).toBe(register({ invitation: String(added.$('#field-code').val()) }))

    await ask(ines.email)
    const [again] = await box.of(ines.email)
    expect(linkIn(again)).toBe(linkIn(first))
    // As one from before there was a way to mail it again.
    const { id: userId } = await db.user.findUniqueOrThrow({ where: { email: ines.email } })
    await db.invitation.updateMany({ where: { userId }, data: { codeHash: 'another secret' } })
    await ask(ines.email)
    expect((await box.of(ines.email)).map(linkIn)).toEqual([linkIn(first)])
    const invitation = codeIn(linkIn(again))
    const accepted = { invitation, name: ines.name, password: chosen }
    expect((await visitor(app).sends('post', register(), accepted)).body.user).toMatchObject({ role: 'STAFF' })
    expect((await db.user.findUniqueOrThrow({ where: { email: ines.email } })).emailConfirmedAt).not.toBeNull()
  })
})

it('an address that has an account is told so, and its owner hears of it once a day', async () => {
  const ada = await registerPatient()
  const eve = { name: 'Eve', email: ada.email, password: chosen }
  for (const _ of asks(2)) expect((await visitor(app).sends('post', register(), eve)).status).toBe(422)
  const mails = await box.of(ada.email)
  expect(subjects(mails)).toEqual(['You already have an account at Docket'])
  expect([linkIn(mails[0]), mails[0]?.text]).toEqual([login(), expect.stringContaining(forgotten())])
})

it('no page promises a mail where none is sent', async () => {
  useMail(null)
  const ada = await registerPatient()
  const page = await admin.submits(paths.admin.users.reset(ada.id))
  expect(page.text).toContain(`Docket sends no mails here: send this link to ${ada.email} yourself.`)
  expect((await visitor(app).opens(forgotten())).text).toContain('Docket sends no e-mails here')
  const hers = await signedIn(app, ada)
  expect((await hers.opens(paths.auth.account())).text).not.toContain('Please confirm')
})
