import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { GatewayDown } from '../../gateways/payments/errors.ts'
import type { Checkout, OnlineMethod, PaymentGateway } from '../../gateways/payments.ts'
import { log } from '../../log.ts'
import { paths } from '../../paths.ts'
import { failPayment } from './fail.ts'
import { nextLook } from './next-look.ts'

/** A payment that was begun, with where to pay it once a checkout is open. */
export interface Begun {
  id: string
  appointmentId: string
  amountMinor: number
  currency: string
  reference: string
  checkoutUrl: string | null
  /** Until when its time can be kept at all. */
  longest: Date
}

/**
 * Asks the gateway for a page on which a payment can be made, notes where it is, and keeps the time as long as a hold can
 * be. Throws Refusal when the gateway does not answer; the payment has failed then, and its time is still held.
 */
export async function openCheckout(ctx: Ctx, gateway: PaymentGateway, payment: Begun, method: OnlineMethod) {
  const { id: paymentId, amountMinor, currency, reference } = payment
  try {
    const checkout = await gateway.start({
      ...{ paymentId, method, amountMinor, currency, locale: ctx.locale, description: `Docket ${reference}` },
      returnPath: paths.booking.payments.return(paymentId),
      leftPath: paths.booking.payments.return(paymentId, { left: 'yes' }),
      callbackPath: paths.callbacks[gateway.name]()
    })
    await transaction(tx => keep(tx, ctx, payment, checkout))
    return checkout.url
  } catch (error) {
    if (!(error instanceof GatewayDown)) throw error
    log.warn({ gateway: gateway.name, paymentId, error: error.message }, 'checkout could not be started')
    await failPayment(ctx, paymentId, 'UNAVAILABLE')
    throw refuse('paymentMethod', 'booking:refusal.gatewayDown')
  }
}

async function keep(tx: Tx, ctx: Ctx, { id, appointmentId, longest }: Begun, { reference, url }: Checkout) {
  await tx.payment.update({
    where: { id },
    data: { gatewayReference: reference, checkoutUrl: url, nextLookAt: nextLook(ctx.now) },
    select: { id: true }
  })
  await tx.appointment.updateMany({
    where: { id: appointmentId, status: 'HELD', holdExpiresAt: { lt: longest } },
    data: { holdExpiresAt: longest }
  })
}
