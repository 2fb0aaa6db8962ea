import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { lockedCheckout, standingOf } from './queries.ts'

/** Makes sure that nobody pays it any more, and says how it stands: one that was paid a moment ago stays paid. */
export function closeCheckout(_ctx: Ctx, id: string) {
  return transaction(async tx => {
    const checkout = await lockedCheckout(tx, id)
    if (checkout.state !== 'OPEN') return standingOf(checkout)
    return standingOf(await tx.testCheckout.update({ where: { id }, data: { state: 'CLOSED' } }))
  })
}
