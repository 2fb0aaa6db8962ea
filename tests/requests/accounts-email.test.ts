import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { answerMailRequests } from '../../src/services/people/answer-mail-requests.ts'
import { serveApp } from '../support/app.ts'
import { codeIn, letterbox, linkIn } from '../support/letterbox.ts'
import { type Person, signedIn, visitor } from '../support/person.ts'
import { addUser, password, registerPatient } from '../support/world.ts'

const app = serveApp()
const box = letterbox()
const { account, confirmation, confirmationRequest, email: change } = paths.auth
let count = 0
let admin: Person

beforeAll(async () => {
  admin = await signedIn(app, await addUser('ADMIN'))
})

const newAddress = () => `new-${++count}@docket.example`
const confirmedAt = async (id: string) => (await db.user.findUniqueOrThrow({ where: { id } })).emailConfirmedAt

/** Somebody who has just registered, and the link that was mailed to them. */
async function registered() {
  const email = newAddress()
  const fresh = visitor(app)
  const done = await fresh.submits(paths.auth.register(), { name: 'Ada Obi', email, password })
  const welcome = await fresh.opens(String(done.location))
  const { id } = await db.user.findUniqueOrThrow({ where: { email } })
  const [mail] = await box.of(email)
  return { ada: await signedIn(app, { email }), id, email, mail, welcome }
}

/** Somebody signed in twice who asked for another address, and the link that was mailed there. */
async function moving() {
  const user = await registerPatient({ emailConfirmedAt: new Date() })
  const [ada, phone] = [await signedIn(app, user), await signedIn(app, user)]
  const to = newAddress()
  const asked = await ada.submits(change(), { email: to, current: password })
  const [mail] = await box.of(to)
  return { ...user, ada, phone, to, asked, mail, code: codeIn(linkIn(mail)) }
}

describe('the address of a new account', () => {
  it('is confirmed by the button that the mailed link leads to, signed in or not', async () => {
    const { ada, id, email, mail, welcome } = await registered()
    expect(mail?.subject).toBe('Confirm your e-mail address')
    expect(mail?.text).not.toContain('Ada')
    expect(welcome.$(`form[action="${confirmationRequest()}"] button`).text()).toBe('Send the e-mail again')
    expect((await ada.opens(account())).text).toContain('Please confirm your e-mail')

    const guest = visitor(app)
    const page = await guest.opens(linkIn(mail))
    expect([page.status, page.text]).toEqual([200, expect.stringContaining(email)])
    expect(await confirmedAt(id)).toBeNull()
    const code = String(page.$('[name=code]').val())
    const both = await Promise.all([1, 2].map(() => visitor(app).submits(confirmation(), { code })))
    expect(both.map(({ status }) => status)).toEqual([303, 303])
    expect(await db.auditEvent.count({ where: { event: 'user.email-confirmed', subjectId: id } })).toBe(1)
    expect(await confirmedAt(id)).not.toBeNull()
    expect((await ada.opens(account())).text).not.toContain('Please confirm')
    expect((await guest.opens(linkIn(mail))).heading).toBe('Your address is confirmed')
  })

  it('is mailed the link again on request, three times an hour at most, until it is confirmed', async () => {
    const { ada, id, email, mail } = await registered()
    for (const _ of [1, 2, 3]) expect((await ada.sends('post', confirmationRequest())).status).toBe(202)
    const [again, ...others] = await box.of(email)
    expect([others.length, linkIn(again) === linkIn(mail)]).toEqual([0, false])
    expect(await db.notification.count({ where: { recipientId: id, kind: 'account.confirm' } })).toBe(3)
    await ada.submits(confirmation(), { code: codeIn(linkIn(again)) })
    await ada.sends('post', confirmationRequest())
    expect([await db.mailRequest.count(), await box.of(email, 120)]).toEqual([0, []])
  })
})

describe('another address', () => {
  it('is the account’s once its owner confirms there, signed in: others are signed out, the old one is told', async () => {
    const { id, email, ada, phone, to, asked, mail, code } = await moving()
    expect([asked.status, asked.location]).toEqual([303, change({ sent: 'yes' })])
    expect([mail?.subject, mail?.text?.includes(to)]).toEqual(['Confirm your new e-mail address', true])
    const sent = await ada.opens(String(asked.location))
    expect([sent.title.startsWith(sent.heading), sent.text.includes(to)]).toEqual([true, true])
    expect((await phone.opens(String(asked.location))).text).not.toMatch(/typed|@/)
    const stranger = await visitor(app).opens(linkIn(mail))
    expect([stranger.status, stranger.text.includes(email), stranger.text.includes(to)]).toEqual([200, false, false])
    expect(stranger.text).not.toContain('From then on')
    expect((await visitor(app).sends('post', confirmation(), { code })).status).toBe(401)
    const other = await signedIn(app, await registerPatient())
    expect((await other.submits(confirmation(), { code })).problems[0]).toContain('for another account')
    const theirs = await other.opens(linkIn(mail))
    const next = String(theirs.$('main form [name=next]').val())
    expect([theirs.text.includes('From then on'), next]).toEqual([false, linkIn(mail)])
    expect((await other.submits(paths.auth.logout(), { next })).location).toBe(next)

    const page = await ada.opens(linkIn(mail))
    expect([page.text.includes(email), page.text.includes(to)]).toEqual([true, true])
    const done = await ada.submits(confirmation(), { code })
    expect([done.status, done.location]).toEqual([303, account()])
    expect((await ada.asks(paths.auth.session())).body.user.email).toBe(to)
    expect((await phone.asks(account())).status).toBe(401)
    expect((await ada.opens(linkIn(mail))).heading).toBe('Your address is confirmed')
    expect((await box.of(email)).map(({ subject }) => subject)).toEqual([
      'The e-mail address of your account was changed'
    ])
    expect(await box.of(to)).toEqual([])
    const event = await db.auditEvent.findFirstOrThrow({ where: { event: 'user.email-changed', subjectId: id } })
    expect(event.data).toEqual({ sessions: 2 })
  })

  it('needs the password, and differs from the one there is', async () => {
    const user = await registerPatient()
    const ada = await signedIn(app, user)
    const wrong = await ada.submits(change(), { email: newAddress(), current: 'not mine' })
    expect([wrong.status, wrong.problems]).toEqual([422, ['The password you have now is another one']])
    const same = await ada.submits(change(), { email: user.email.toUpperCase(), current: password })
    expect([same.status, same.problems]).toEqual([422, ['That is the address you have already']])
    expect(await db.mailRequest.count()).toBe(0)
  })

  it('that has an account is asked for with the same answer; its owner is told instead', async () => {
    const [ben, { ada, to, asked }] = [await registerPatient(), await moving()]
    const taken = await ada.submits(change(), { email: ben.email, current: password })
    expect([taken.status, taken.location]).toEqual([asked.status, asked.location])
    expect((await box.of(ben.email)).map(({ subject }) => subject)).toEqual(['You already have an account at Docket'])
    expect(await box.of(to)).toEqual([])
    await ada.submits(change(), { email: ben.email, current: password })
    const fourth = await ada.submits(change(), { email: newAddress(), current: password })
    expect(fourth.problems).toEqual([expect.stringContaining('three links within an hour')])
  })

  it('is refused when it has got an account meanwhile, and to whoever is disabled or has a new password', async () => {
    const [late, gone, anew] = [await moving(), await moving(), await moving()]
    await registerPatient({ email: late.to })
    const refused = await late.ada.submits(confirmation(), { code: late.code })
    expect([refused.status, refused.problems[0]]).toEqual([422, expect.stringContaining('has this address by now')])
    await admin.sends('post', paths.admin.users.deactivation(gone.id))
    await anew.ada.sends('post', paths.auth.password(), { current: password, password: 'copper lantern tuesday' })
    for (const { code, id, email } of [gone, anew]) {
      expect((await visitor(app).sends('post', confirmation(), { code })).status).toBe(422)
      expect((await db.user.findUniqueOrThrow({ where: { id } })).email).toBe(email)
    }
  })

  it('of somebody who is erased is nowhere any more', async () => {
    const { id, to, email, ada } = await moving()
    await ada.submits(change(), { email: newAddress(), current: password })
    await admin.sends('post', paths.admin.users.erasure(id), { reason: 'ASKED', understood: true })
    const kept = [
      db.notification.findMany(),
      db.mailRequest.findMany(),
      db.invitation.findMany({ where: { userId: id } })
    ]
    const rows = JSON.stringify(await Promise.all(kept), (_, value) => (typeof value === 'bigint' ? 0 : value))
    expect([rows.includes(to), rows.includes(email), rows.endsWith('[]]')]).toEqual([false, false, true])
    expect(await db.notification.count({ where: { recipientId: id, status: 'PLANNED' } })).toBe(0)
    expect(await answerMailRequests(box.at())).toBe(0)
  })
})
