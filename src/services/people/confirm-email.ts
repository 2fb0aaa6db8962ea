import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import { NotSignedIn, refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { planMessages } from '../notifications/plan.ts'
import { isTaken } from './add-account.ts'
import { endAccess } from './end-access.ts'
import { hashCode } from './invitation-code.ts'
import { confirmationFor, useUp } from './invitations.ts'

type Link = NonNullable<Awaited<ReturnType<typeof confirmationFor>>>

/**
 * What a mailed code is good for; null for one that is good for nothing. Which account is to get another address is only
 * said to whoever is signed in with it: a link may have gone to a stranger.
 */
export async function confirmationOf(ctx: Ctx, code: string) {
  const link = await confirmationFor(ctx, code)
  if (!link) return null
  if (link.purpose === 'CONFIRM')
    return { code, changes: false, isTheirs: true, email: link.user.email, newEmail: null }
  const isTheirs = ctx.actor.id === link.user.id
  return { code, changes: true, isTheirs, ...addressesOf(isTheirs ? link : null) }
}

/** Whether there is nothing left to do for a mailed code: the address it was for is confirmed, by it or by another. */
export const isConfirmed = (_ctx: Ctx, code: string) => isConfirmedBy(db, code)

async function isConfirmedBy(tx: Tx, code: string) {
  const link = await tx.invitation.findUnique({
    where: { codeHash: hashCode(code), purpose: { in: ['CONFIRM', 'CHANGE'] }, user: { disabledAt: null } },
    select: { email: true, user: { select: { email: true, emailConfirmedAt: true } } }
  })
  return Boolean(link?.user.emailConfirmedAt && [null, link.user.email].includes(link.email))
}

const addressesOf = (link: Link | null) => ({ email: link?.user.email ?? null, newEmail: link?.email ?? null })

/**
 * Uses a mailed code: notes that mail to the account's address arrives, or gives the account the address that the code
 * went to; then every session, every other link and the calendar address of it end, and the old address is told. A code
 * that has done so does nothing more. Says whether the address changed. Throws a Refusal of a code that is not good, of
 * one for another account than one's own, and when the address has got an account meanwhile; NotSignedIn when an address
 * is to change and nobody is signed in.
 */
export async function confirmEmail(ctx: Ctx, { code }: { code: string }) {
  const link = await confirmationFor(ctx, code)
  if (!link) {
    if (await isConfirmed(ctx, code)) return { changed: false }
    throw unusable()
  }
  const { user, email } = link
  if (email === null) return confirm(ctx, link, code)
  if (!ctx.actor.id) throw new NotSignedIn()
  if (ctx.actor.id !== user.id) throw refuse(null, 'errors:confirmation.otherAccount')

  await transaction(async tx => {
    if (!(await useUp(tx, ctx, link.id, 'CHANGE'))) throw unusable()
    await giveAddress(tx, ctx, user.id, email)
    const sessions = await endAccess(tx, user.id)
    await record(tx, ctx, 'user.email-changed', { type: 'user', id: user.id, data: { sessions } })
    const message = { kind: 'account.email-changed', channel: 'EMAIL', about: link.id } as const
    await planMessages(tx, ctx, [{ ...message, recipientId: user.id, address: user.email }])
  })
  return { changed: true }
}

async function confirm(ctx: Ctx, { id, user }: Link, code: string) {
  await transaction(async tx => {
    if (!(await useUp(tx, ctx, id, 'CONFIRM'))) {
      if (await isConfirmedBy(tx, code)) return
      throw unusable()
    }
    const emailConfirmedAt = user.emailConfirmedAt ?? toDate(ctx.now)
    await tx.user.update({ where: { id: user.id }, data: { emailConfirmedAt }, select: { id: true } })
    const actor = { ...ctx.actor, id: user.id, role: user.role }
    await record(tx, { ...ctx, actor }, 'user.email-confirmed', { type: 'user', id: user.id })
  })
  return { changed: false }
}

/** Somebody may have opened an account with the address since the link was made, or be doing so at this moment. */
async function giveAddress(tx: Tx, ctx: Ctx, id: string, email: string) {
  if (await isTaken(tx, email)) throw taken()
  const data = { email, emailConfirmedAt: toDate(ctx.now) }
  await tx.user.update({ where: { id }, data, select: { id: true } }).catch(error => {
    throw violates(error, 'users_email_key') ? taken() : error
  })
}

const unusable = () => refuse('code', 'errors:confirmation.unusable')
const taken = () => refuse(null, 'errors:confirmation.taken')
