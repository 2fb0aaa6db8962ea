import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import type { PaymentMethod } from '../../generated/enums.ts'
import { money } from '../../helpers/money.ts'
import { bookAppointment, type Wish } from '../appointments/book.ts'
import { bookedBefore } from '../appointments/booked-before.ts'
import { ownId } from '../people/queries.ts'
import { startPayment } from './start.ts'

export interface PaidWish extends Wish {
  paymentMethod: PaymentMethod
  /** The price that the page showed, in minor units; whoever asks without one takes it as it is. */
  feeMinor?: number | undefined
}

/**
 * Books a time that costs nothing or is paid for at the clinic; for any other way to pay, begins to pay for it, and
 * nothing is booked yet. Returns the appointment, or the payment and where to pay. A form that was sent before gives
 * what it led to. Throws Refusal as `bookAppointment` and `startPayment` do, and of another price than was shown.
 */
export async function bookOrPay(ctx: Ctx, { paymentMethod, feeMinor, ...wish }: PaidWish) {
  const before = await bookedBefore(db, ctx, wish)
  if (before) return before

  const price = await priceOf(ctx, wish.timeslotId)
  if (price && feeMinor !== undefined && feeMinor !== price.feeMinor) throw priceChanged(ctx, price)
  return paymentMethod === 'PAY_AT_CLINIC' || price?.feeMinor === 0
    ? bookAppointment(ctx, wish)
    : startPayment(ctx, { ...wish, paymentMethod })
}

function priceChanged({ locale }: Ctx, { feeMinor: amountMinor, currency }: { feeMinor: number; currency: string }) {
  return refuse(null, 'booking:refusal.priceChanged', { amount: money(locale)({ amountMinor, currency }) })
}

/**
 * What a time costs: what it cost when it was held, else what the doctor asks for now. Null when there is no such time.
 */
async function priceOf(ctx: Ctx, timeslotId: string) {
  const held = await db.appointment.findFirst({
    where: { bookedById: ownId(ctx), timeslotId, status: 'HELD' },
    select: { feeMinor: true, currency: true }
  })
  if (held) return held
  const slot = await db.timeSlot.findUnique({
    where: { id: timeslotId },
    select: { doctor: { select: { feeMinor: true } }, clinic: { select: { currency: true } } }
  })
  return slot && { feeMinor: slot.doctor.feeMinor, currency: slot.clinic.currency }
}
