import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import type { TestCheckout } from '../../generated/client.ts'
import { paths } from '../../paths.ts'
import { setup } from './setup.ts'

/** A checkout of the test gateway's books. Whoever knows its id may see it, as with any gateway. Throws NotFound. */
export async function checkoutCalled(id: string) {
  const checkout = await db.testCheckout.findUnique({ where: { id } })
  if (!checkout) throw new NotFound()
  return checkout
}

/** The same, for one transaction alone until it ends: what it does is done once. */
export async function lockedCheckout(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT FROM test_checkouts WHERE id = ${id}::uuid FOR UPDATE`
  const checkout = await tx.testCheckout.findUnique({ where: { id } })
  if (!checkout) throw new NotFound()
  return checkout
}

/** What the merchant is told: how it stands, and what was taken and went back, in minor units. */
export const standingOf = (checkout: TestCheckout) => ({
  id: checkout.id,
  paymentId: checkout.idempotencyKey,
  url: paths.testGateway.checkout(checkout.id),
  state: checkout.state,
  transactionId: checkout.transactionId,
  receivedMinor: checkout.state === 'PAID' ? checkout.amountMinor : 0,
  refundedMinor: checkout.refundedMinor,
  currency: checkout.currency
})

/** What the payer sees. `backTo` is where the merchant wants people back who end it so. */
export const pageOf = (checkout: TestCheckout) => ({
  id: checkout.id,
  method: checkout.method,
  description: checkout.description,
  amount: { amountMinor: checkout.amountMinor, currency: checkout.currency },
  state: checkout.state,
  transactionId: checkout.transactionId,
  isRefunded: checkout.refundedMinor > 0,
  backTo: checkout.state === 'PAID' || checkout.state === 'DECLINED' ? checkout.returnUrl : checkout.leftUrl,
  successPercent: setup().successPercent
})

/** What the gateway calls the money that it took, and the money that it gave back. */
export const nameOf = (kind: 'TEST' | 'TEST-REFUND', id: string) => `${kind}-${id.slice(-12).toUpperCase()}`
