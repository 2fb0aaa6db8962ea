import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { userFor } from './admin-queries.ts'
import { dropSessions } from './sessions.ts'

/** Signs someone's account out everywhere; they may sign in again. Throws NotFound. */
export async function endSessions(ctx: Ctx, id: string) {
  await userFor(ctx, id)
  await transaction(async tx => {
    const sessions = await dropSessions(tx, id)
    await record(tx, ctx, 'user.sessions-ended', { type: 'user', id, data: { sessions } })
  })
}
