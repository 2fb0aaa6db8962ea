import type { Actor, Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { endAccess } from './end-access.ts'
import { resetFor, useUp } from './invitations.ts'
import { hashPassword } from './password-hash.ts'
import { refuseWeak } from './password-rules.ts'
import { accountFor } from './queries.ts'

/**
 * Gives an account the new password its owner chose, once for each code, and signs it out everywhere; its calendar
 * address ends, too. When that is what first shows whose the address is, the phone number goes: somebody else may have
 * typed it. Throws a Refusal of a code that is not good, and of a weak password.
 */
export async function resetPassword(ctx: Ctx, { code, password }: { code: string; password: string }): Promise<Actor> {
  const reset = await resetFor(ctx, code)
  if (!reset) throw unusable()
  const { id, user } = reset
  await refuseWeak(password, user)
  const passwordHash = await hashPassword(password)

  await transaction(async tx => {
    if (!(await useUp(tx, ctx, id, 'RESET'))) throw unusable()

    const isFirst = user.emailConfirmedAt === null && { emailConfirmedAt: toDate(ctx.now), phone: null }
    await tx.user.update({ where: { id: user.id }, data: { passwordHash, ...isFirst }, select: { id: true } })
    const sessions = await endAccess(tx, user.id)
    const actor = { ...ctx.actor, id: user.id, role: user.role }
    await record(tx, { ...ctx, actor }, 'user.password-reset', { type: 'user', id: user.id, data: { sessions } })
  })
  const account = await accountFor(user.id)
  if (!account) throw unusable()
  return account
}

const unusable = () => refuse('code', 'errors:reset.unusable')
