import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { hashCode, newCode } from './invitation-code.ts'

const DAYS = 7

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

  const now = toDate(ctx.now)
  const code = newCode()
  await tx.invitation.updateMany({ where: { userId, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } })
  const { id } = await tx.invitation.create({
    data: {
      userId,
      invitedById: ctx.actor.id,
      codeHash: hashCode(code),
      createdAt: now,
      expiresAt: toDate(ctx.now.add({ hours: 24 * DAYS }))
    },
    select: { id: true }
  })
  await record(tx, ctx, 'invitation.created', { type: 'invitation', id, data: { userId } })
  return code
}
