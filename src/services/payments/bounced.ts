import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { GatewayDown } from '../../gateways/payments/errors.ts'
import { gatewayCalled } from '../../gateways/payments.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { lockPayment } from './lock-payment.ts'

/**
 * Money that had gone back and is with the gateway again, since a bank turned it down: it is owed as before, and soon
 * sent anew. The gateway is asked once more, as what it said may be older than the refund. Throws GatewayDown.
 */
export async function bounced(ctx: Ctx, id: string) {
  const known = await db.payment.findUniqueOrThrow({ where: { id } })
  const { status, refundedAt, gateway: name, gatewayReference } = known
  if (status !== 'REFUNDED' || !name || !gatewayReference) return

  const gateway = gatewayCalled(name)
  if (!gateway) throw new GatewayDown(`${name} is not set up`)
  const { receivedMinor, refundedMinor } = await gateway.lookUp(gatewayReference)
  if (refundedMinor >= receivedMinor) return

  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    const { count } = await tx.payment.updateMany({
      where: { id, status, refundedAt },
      data: { status: 'SUCCESS', refundedAt: null, refundReference: null, nextLookAt: toDate(ctx.now), failedLooks: 0 }
    })
    if (!payment || count === 0) return
    const { appointmentId, clinicId } = payment
    await record(tx, ctx, 'payment.refund-bounced', { type: 'payment', id, clinicId, data: { appointmentId } })
  })
}
