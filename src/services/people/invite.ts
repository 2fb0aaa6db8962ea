import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { record } from '../audit/record.ts'
import { newLink } from './invitations.ts'

const HOURS = 7 * 24

/**
 * Invites the owner of an account that has no password yet: role and clinics are the account's. Returns the code, which
 * is shown this once and works once within 7 days; older codes of the account stop working.
 */
export const invite = (ctx: Ctx, userId: string) => transaction(tx => inviteIn(tx, ctx, userId))

/** The same, inside the transaction that adds the account. */
export async function inviteIn(tx: Tx, ctx: Ctx, userId: string): Promise<string> {
  if (ctx.actor.role !== 'SYSTEM' && !may(ctx.actor, 'users.manage')) throw new NotFound()
  const user = await tx.user.findUnique({ where: { id: userId }, select: { passwordHash: true, disabledAt: true } })
  if (!user) throw new NotFound()
  if (user.passwordHash) throw refuse(null, 'errors:invitation.accepted')
  if (user.disabledAt) throw refuse(null, 'errors:invitation.disabled')

  const { id, code } = await newLink(tx, ctx, userId, { purpose: 'JOIN', hours: HOURS })
  await record(tx, ctx, 'invitation.created', { type: 'invitation', id, data: { userId } })
  return code
}
