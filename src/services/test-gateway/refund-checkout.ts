import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Refusal } from '../../errors.ts'
import type { TestCheckout } from '../../generated/client.ts'
import { lockedCheckout, nameOf } from './queries.ts'

/** All of what was taken, in minor units. The same key twice is the same refund. */
export interface WantedRefund {
  transactionId: string
  amountMinor: number
  currency: string
  key: string
}

/** Gives back what was paid, once. Refuses what was not paid, another amount, and a second refund under another key. */
export function refundCheckout(_ctx: Ctx, id: string, wanted: WantedRefund) {
  return transaction(async tx => {
    const checkout = await lockedCheckout(tx, id)
    const reference = nameOf('TEST-REFUND', id)
    if (!isOf(checkout, wanted)) throw refused('notPaid')
    if (checkout.refundKey === wanted.key) return { reference }
    if (checkout.refundKey) throw refused('refunded')

    const { amountMinor: refundedMinor, key: refundKey } = wanted
    await tx.testCheckout.update({ where: { id }, data: { refundedMinor, refundKey }, select: { id: true } })
    return { reference }
  })
}

const isOf = ({ state, ...paid }: TestCheckout, { transactionId, amountMinor, currency }: WantedRefund) =>
  state === 'PAID' &&
  paid.transactionId === transactionId &&
  paid.amountMinor === amountMinor &&
  paid.currency === currency

const refused = (why: 'notPaid' | 'refunded') =>
  new Refusal([{ field: null, key: `payments:testGateway.errors.${why}` }], { status: 409 })
