import { type Ctx, system } from '../../context.ts'
import { db } from '../../database/client.ts'
import { GatewayDown } from '../../gateways/payments/errors.ts'
import { gatewayCalled } from '../../gateways/payments.ts'
import { toDate } from '../../scheduling/zone.ts'
import { bounced } from './bounced.ts'
import { returned } from './returned.ts'

/** How long a bank is left alone that takes its time. */
const PAUSE = { minutes: 60 }

/**
 * Sends money back that is owed, through the gateway that took it, and notes that it went once it did: until then it
 * stays owed, and is looked at again in an hour. What is noted as gone is only looked at. Asked again, or twice at once,
 * the gateway sends it once. Throws GatewayDown when it could not be asked.
 */
export async function sendRefund(asked: Ctx, id: string) {
  const ctx = { ...asked, actor: system }
  const payment = await db.payment.findUniqueOrThrow({ where: { id } })
  const { status, refundDueAt, gateway: name, gatewayReference: reference, transactionId } = payment
  if (status === 'REFUNDED') return bounced(ctx, id)
  if (status !== 'SUCCESS' || !refundDueAt || !name) return

  const gateway = gatewayCalled(name)
  if (!gateway || !reference || !transactionId) throw new GatewayDown('not set up')
  const standing = await gateway.lookUp(reference)
  const { receivedMinor, currency } = standing
  if (standing.paymentId !== id || receivedMinor === 0) throw new GatewayDown(`${reference} is for something else`)
  if (standing.refundedMinor >= receivedMinor) return returned(ctx, id, standing)

  const wanted = { reference, paymentId: id, transactionId, amountMinor: receivedMinor, currency, key: id }
  const sent = await gateway.refund(wanted)
  if (sent.isDone) return returned(ctx, id, { receivedMinor, refundedMinor: receivedMinor }, sent.reference)
  await db.payment.updateMany({
    where: { id, status },
    data: { refundReference: sent.reference, nextLookAt: toDate(ctx.now.add(PAUSE)), failedLooks: 0 }
  })
}
