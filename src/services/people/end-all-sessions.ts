import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { record } from '../audit/record.ts'
import { dropSessions } from './sessions.ts'

/** Signs an account out everywhere: one's own, or as an admin anybody's. Returns of how many places. */
export async function endAllSessions(ctx: Ctx, userId: string) {
  const { id, role } = ctx.actor
  if (id !== userId && role !== 'SYSTEM' && !may(ctx.actor, 'users.manage')) throw new NotFound()

  return transaction(async tx => {
    const ended = await dropSessions(tx, userId)
    await record(tx, ctx, 'session.ended', { type: 'user', id: userId, data: { ended } })
    return ended
  })
}
