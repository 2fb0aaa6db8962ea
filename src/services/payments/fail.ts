import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { PaymentFailure } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { endHolds } from '../appointments/holds.ts'
import { record } from '../audit/record.ts'
import { lockPayment } from './lock-payment.ts'

/**
 * A payment that came to nothing: the time it was for is free at once, unless it was the gateway that could not be
 * reached. One that is over already stays what it is. With `looksAgain` the gateway has not confirmed it yet and is
 * asked soon.
 */
export const failPayment = (ctx: Ctx, id: string, failure: PaymentFailure, { looksAgain = false } = {}) =>
  transaction(async tx => {
    const payment = await lockPayment(tx, id)
    if (!payment || payment.paidAt) return

    const isOpen = payment.status === 'PENDING'
    await tx.payment.update({
      where: { id },
      data: {
        nextLookAt: looksAgain ? toDate(ctx.now) : null,
        failedLooks: 0,
        ...(isOpen && { status: 'FAILED', failure })
      },
      select: { id: true }
    })
    if (!isOpen) return

    const { appointmentId, clinicId } = payment
    await record(tx, ctx, 'payment.failed', { type: 'payment', id, clinicId, data: { appointmentId, failure } })
    const keepsTime = failure === 'UNAVAILABLE' || !payment.isCurrent
    if (!keepsTime) await endHolds(tx, ctx, [appointmentId], 'appointment.released')
  })
