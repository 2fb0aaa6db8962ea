import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { TestCheckoutState } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { lockedCheckout, nameOf, pageOf } from './queries.ts'
import { isLucky, setup } from './setup.ts'

export interface Decision {
  outcome: 'CHANCE' | 'PAY' | 'DECLINE' | 'LEAVE'
  callback: 'AT_ONCE' | 'LATER' | 'TWICE' | 'NEVER'
}

/** When the merchant is told, in seconds from now. */
const tellings: Record<Decision['callback'], number[]> = { AT_ONCE: [0], LATER: [30], TWICE: [0, 0], NEVER: [] }

/**
 * Pays a checkout, declines it or leaves it, and writes down which callbacks that owes the merchant. It is decided once:
 * whoever comes later, or was a moment too late, gets how it was decided.
 */
export function decideCheckout(ctx: Ctx, id: string, { outcome, callback }: Decision) {
  return transaction(async tx => {
    const checkout = await lockedCheckout(tx, id)
    if (checkout.state !== 'OPEN') return pageOf(checkout)

    const state = stateAfter(outcome, id)
    const transactionId = state === 'PAID' ? nameOf('TEST', id) : null
    const decided = await tx.testCheckout.update({ where: { id }, data: { state, transactionId } })
    const event = `checkout.${state.toLowerCase()}`
    await tx.testCallback.createMany({
      data: tellings[callback].map(seconds => ({ checkoutId: id, event, dueAt: toDate(ctx.now.add({ seconds })) }))
    })
    return pageOf(decided)
  })
}

function stateAfter(outcome: Decision['outcome'], id: string): TestCheckoutState {
  if (outcome === 'LEAVE') return 'CLOSED'
  const isPaid = outcome === 'PAY' || (outcome === 'CHANCE' && isLucky(id, setup().successPercent))
  return isPaid ? 'PAID' : 'DECLINED'
}
