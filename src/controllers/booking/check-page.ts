import type { Ctx } from '../../context.ts'
import { type AppointmentRow, view } from '../../services/appointments/queries.ts'
import { methodsOnOffer } from '../../services/payments/methods.ts'

/** What the page shows on which a held time is booked: the hold, and how it can be paid for if it costs something. */
export async function checkPage(ctx: Ctx, row: AppointmentRow) {
  const hold = view(ctx, row)
  const paymentMethods = hold.fee.amountMinor === 0 ? [] : await methodsOnOffer(hold.fee.currency, hold.fee.amountMinor)
  return { hold, paymentMethods }
}
