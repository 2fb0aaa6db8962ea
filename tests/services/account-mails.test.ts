import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import { locales } from '../../src/i18n.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { type MessageData, messageKinds } from '../../src/services/notifications/kinds.ts'
import { planMessages } from '../../src/services/notifications/plan.ts'
import { codeOf, hashCode } from '../../src/services/people/invitation-code.ts'
import { confirmLink, endLinks, newLink } from '../../src/services/people/invitations.ts'
import { letterbox } from '../support/letterbox.ts'
import { addUser, registerPatient } from '../support/world.ts'

const box = letterbox()

it.each(locales)('every mail about an account has both parts in %s, and no name in its subject', async locale => {
  const user = await registerPatient({ locale, name: 'Ada Quill', emailConfirmedAt: null })
  const ctx = box.at()
  const purposes = { 'account.invited': 'JOIN', 'account.reset': 'RESET', 'account.email-change': 'CHANGE' } as const
  const kinds = messageKinds.filter(kind => kind.startsWith('account.'))
  await transaction(async tx => {
    for (const kind of kinds) {
      const purpose = purposes[kind as keyof typeof purposes]
      const email = purpose === 'CHANGE' ? { email: 'new@docket.example' } : {}
      const made = purpose ? await newLink(tx, ctx, user.id, { purpose, hours: 1, ...email }) : null
      const link = kind === 'account.confirm' ? await confirmLink(tx, ctx, user.id) : made
      const data = link ? { invitationId: link.id } : {}
      await planMessages(tx, ctx, [{ kind, channel: 'EMAIL', recipientId: user.id, about: `${user.id}:${kind}`, data }])
    }
  })
  const mails = await box.of(user.email)
  // An invitation is for whoever has no password yet.
  expect(mails).toHaveLength(kinds.length - 1)
  for (const { subject = '', text = '', html = '' } of mails) {
    expect([subject.length > 5, subject.includes('Quill'), text.length > 100]).toEqual([true, false, true])
    expect(html).toContain(`lang="${locale}"`)
  }
})

/** Somebody for whom a mail with a link waits. */
async function waiting() {
  const user = await addUser('STAFF')
  const invitationId = await offered(user.id)
  await plan(user.id, { invitationId })
  return { ...user, invitationId }
}
const offered = async (userId: string) =>
  (await transaction(tx => newLink(tx, box.at(), userId, { purpose: 'RESET', minutes: 30 }))).id
const plan = (recipientId: string, data: MessageData) =>
  transaction(tx =>
    planMessages(tx, box.at(), [{ kind: 'account.reset', channel: 'EMAIL', recipientId, about: randomUUID(), data }])
  )
const linkOf = ({ invitationId: id }: { invitationId: string }) => db.invitation.findUniqueOrThrow({ where: { id } })

it('a mail with a link waits for none that would not work: one that is used, ended or unknown', async () => {
  const [used, replaced, ended] = [await waiting(), await waiting(), await waiting()]
  await db.invitation.update({ where: { id: used.invitationId }, data: { usedAt: new Date() } })
  await offered(replaced.id)
  // Also when its time was up before.
  const late = { createdAt: new Date(Date.now() - 3_600_000), expiresAt: new Date(Date.now() - 1) }
  await db.invitation.update({ where: { id: ended.invitationId }, data: late })
  await transaction(tx => endLinks(tx, ended.id))
  for (const data of [{ invitationId: randomUUID() }, {}]) await plan(ended.id, data)
  expect(await sendMessages(box.at(31))).toMatchObject({ sent: 0, dropped: 5 })
  const recipientId = { in: [used.id, replaced.id, ended.id] }
  const rows = await db.notification.findMany({ where: { recipientId } })
  expect(rows.map(({ lastError }) => lastError)).toEqual(rows.map(() => 'SUPERSEDED'))
})

it('a link whose time was up while its mail waited for a server begins anew, for two days at most', async () => {
  const [ada, ben] = [await waiting(), await waiting()]
  await db.notification.updateMany({ where: { recipientId: ben.id }, data: { sendAfter: box.at(3000).now.toString() } })
  const [mail] = await box.of(ada.email, 45)
  expect([mail?.text, mail?.text?.includes(codeOf(ada.invitationId))]).toEqual([
    expect.stringContaining('30 minutes'),
    true
  ])
  const { createdAt, expiresAt } = await linkOf(ada)
  expect([expiresAt.valueOf() - createdAt.valueOf(), expiresAt > new Date(Date.now() + 60 * 60_000)]).toEqual([
    30 * 60_000,
    true
  ])
  expect(await box.of(ben.email, 3000)).toEqual([])
})

it('a link whose code was made under another secret can be mailed all the same, and ends when it would have', async () => {
  const ada = await waiting()
  const before = await db.invitation.update({ where: { id: ada.invitationId }, data: { codeHash: randomUUID() } })
  const [mail] = await box.of(ada.email)
  expect(mail?.text).toContain(codeOf(ada.invitationId))
  expect(await linkOf(ada)).toEqual({ ...before, codeHash: hashCode(codeOf(ada.invitationId)) })
})
