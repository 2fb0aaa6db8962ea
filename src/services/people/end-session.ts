import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { ownId } from './queries.ts'
import { publicId, rowsOf } from './sessions.ts'

/** Signs one of one's own devices out. Takes the id that `sessionsOf` gave. Throws NotFound. */
export async function endSession(ctx: Ctx, id: string) {
  const userId = ownId(ctx)
  await transaction(async tx => {
    const session = (await rowsOf(tx, userId)).find(({ sid }) => publicId(sid) === id)
    if (!session) throw new NotFound()
    await tx.session.deleteMany({ where: { sid: session.sid } })
    await record(tx, ctx, 'session.ended', { type: 'session', id, data: { userId } })
  })
}
