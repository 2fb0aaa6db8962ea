import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { isEnough } from '../notifications/enough.ts'
import { planMessages } from '../notifications/plan.ts'
import { openInvitation } from './invitations.ts'

/**
 * Tells whoever has an address that somebody wanted it for an account, at most once a day. Whoever has not opened the
 * account yet gets the invitation again.
 */
export async function tellOwner(tx: Tx, ctx: Ctx, email: string) {
  const owner = await tx.user.findUnique({
    where: { email, disabledAt: null },
    select: { id: true, passwordHash: true }
  })
  if (!owner) return
  if (!owner.passwordHash) return inviteAgain(tx, ctx, owner.id)

  const about = `${owner.id}:${dayAt(ctx.now, 'UTC')}`
  await planMessages(tx, ctx, [{ kind: 'account.email-known', channel: 'EMAIL', recipientId: owner.id, about }])
}

/** Mails the invitation of an account once more, if it is still good: who may make another is for admins to say. */
export async function inviteAgain(tx: Tx, ctx: Ctx, recipientId: string) {
  const kind = 'account.invited'
  const open = await openInvitation(tx, ctx, recipientId)
  if (!open || (await isEnough(tx, ctx, kind, { recipientId }))) return

  const data = { invitationId: open.id }
  const about = `${open.id}:${ctx.now.epochMilliseconds}`
  await planMessages(tx, ctx, [{ kind, channel: 'EMAIL', recipientId, about, data }])
}
