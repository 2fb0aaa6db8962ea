import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Standing } from '../../gateways/payments.ts'
import { toDate } from '../../scheduling/zone.ts'
import { upcoming } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { tellOfPayment } from '../notifications/tell-of-payment.ts'
import { payAtClinic } from './at-clinic.ts'
import { bounced } from './bounced.ts'
import { lockPayment } from './lock-payment.ts'

/**
 * Notes that money went back, once its gateway says that all of it did: because it was owed, or because somebody sent
 * it back there by hand. A visit that is still to come is then paid for at the clinic. What was noted and is not so any
 * more is owed again. Throws GatewayDown.
 */
export async function returned(
  ctx: Ctx,
  id: string,
  { receivedMinor, refundedMinor }: Pick<Standing, 'receivedMinor' | 'refundedMinor'>,
  refundReference?: string
) {
  if (refundedMinor === 0 || refundedMinor < receivedMinor) return bounced(ctx, id)
  await transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (payment?.status !== 'SUCCESS') return

    const now = toDate(ctx.now)
    await tx.payment.update({
      where: { id },
      data: {
        ...{ status: 'REFUNDED', refundedAt: now, nextLookAt: null, failedLooks: 0 },
        ...(refundReference && { refundReference }),
        ...(!payment.refundDueAt && { refundDueAt: now, refundCause: 'AT_GATEWAY' as const })
      },
      select: { id: true }
    })
    const { appointmentId, clinicId, visitStatus, amountMinor: feeMinor, currency } = payment
    await record(tx, ctx, 'payment.refunded', { type: 'payment', id, clinicId, data: { appointmentId } })
    await tellOfPayment(tx, ctx, 'payment.refunded', id)
    if (payment.isCurrent && upcoming.some(each => each === visitStatus))
      await payAtClinic(tx, ctx, { id: appointmentId, clinicId, feeMinor, currency })
  })
}
