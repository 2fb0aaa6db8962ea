import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { endHolds } from './holds.ts'

const AT_ONCE = 200

/** Frees the times whose holds have run out, a few hundred to a transaction. Returns how many. */
export async function expireHolds(ctx: Ctx) {
  for (let ended = 0; ; ) {
    const some = await expireSome(ctx)
    ended += some
    if (some < AT_ONCE) return ended
  }
}

const expireSome = (ctx: Ctx) =>
  transaction(async tx => {
    const holds = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM appointments WHERE status = 'HELD' AND hold_expires_at <= ${toDate(ctx.now)}
      ORDER BY hold_expires_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`
    const ids = holds.map(({ id }) => id)
    await endHolds(tx, ctx, ids, 'appointment.expired')
    return ids.length
  })
