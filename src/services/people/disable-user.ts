import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { livingUserFor } from './admin-queries.ts'
import { endAccess } from './end-access.ts'
import { keepAnAdmin } from './keep-an-admin.ts'

/**
 * Shuts an account: nobody can sign in with it, and whoever has is signed out at once; links and the calendar address
 * end, too. Throws NotFound, and a Refusal of oneself, of the last active admin and of one whose data was erased.
 */
export async function disableUser(ctx: Ctx, id: string) {
  const { isSelf } = await livingUserFor(ctx, id)
  if (isSelf) throw refuse(null, 'admin:errors.self')

  await transaction(async tx => {
    await keepAnAdmin(tx, null, id)
    const data = { disabledAt: toDate(ctx.now) }
    const { count } = await tx.user.updateMany({ where: { id, disabledAt: null }, data })
    const sessions = await endAccess(tx, id)
    if (count) await record(tx, ctx, 'user.disabled', { type: 'user', id, data: { sessions } })
  })
}
