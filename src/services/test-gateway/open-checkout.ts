import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { BadRequest, Refusal } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { standingOf } from './queries.ts'
import { isCalledBack } from './setup.ts'

/** What a merchant wants to be paid, in minor units; the paths are its own, on this site. */
export interface WantedCheckout {
  /** The merchant's own name for it: the same one twice is the same checkout. */
  paymentId: string
  method: 'UPI' | 'CARD' | 'NET_BANKING' | 'WALLET'
  amountMinor: number
  currency: string
  description: string
  returnPath: string
  leftPath: string
  callbackUrl: string
}

/**
 * Opens a checkout, or finds the one that was opened for the same payment. Refuses the same payment for anything else.
 * Throws BadRequest for a merchant elsewhere.
 */
export async function openCheckout(ctx: Ctx, { paymentId, returnPath, leftPath, ...wanted }: WantedCheckout) {
  const { method, amountMinor, currency, callbackUrl } = wanted
  if (!isCalledBack(callbackUrl)) throw new BadRequest([{ field: 'callbackUrl', key: 'errors:invalid' }])
  await db.testCheckout.createMany({
    data: {
      ...{ ...wanted, idempotencyKey: paymentId, returnUrl: returnPath, leftUrl: leftPath },
      createdAt: toDate(ctx.now)
    },
    skipDuplicates: true
  })
  const checkout = await db.testCheckout.findUniqueOrThrow({ where: { idempotencyKey: paymentId } })
  const isSame = checkout.method === method && checkout.amountMinor === amountMinor && checkout.currency === currency
  if (!isSame)
    throw new Refusal([{ field: 'paymentId', key: 'payments:testGateway.errors.otherOrder' }], { status: 409 })
  return standingOf(checkout)
}
