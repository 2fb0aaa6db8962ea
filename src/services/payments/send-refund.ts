import { type Ctx, system } from '../../context.ts'
import { db } from '../../database/client.ts'
import { GatewayDown } from '../../gateways/payments/errors.ts'
import { gatewayCalled } from '../../gateways/payments.ts'
import { returned } from './returned.ts'

/**
 * Sends money back that is owed, through the gateway that took it, and notes that it went. Asked again, or twice at
 * once, the gateway sends it once. Throws GatewayDown when it could not be asked.
 */
export async function sendRefund(ctx: Ctx, id: string) {
  const payment = await db.payment.findUniqueOrThrow({ where: { id } })
  const { status, refundDueAt, gateway: name, gatewayReference, transactionId, receivedMinor, currency } = payment
  if (status !== 'SUCCESS' || !refundDueAt || !name) return

  const gateway = gatewayCalled(name)
  if (!gateway || !gatewayReference || !transactionId || receivedMinor === null) throw new GatewayDown('not set up')
  const amountMinor = receivedMinor
  const sent = await gateway.refund({ reference: gatewayReference, transactionId, amountMinor, currency, key: id })
  await returned({ ...ctx, actor: system }, id, { refundedMinor: amountMinor }, sent.reference)
}
