import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { BadRequest, Busy, NotFound } from '../../errors.ts'
import { Forged, GatewayDown } from '../../gateways/payments/errors.ts'
import { gatewayCalled, type Notice } from '../../gateways/payments.ts'
import { log } from '../../log.ts'
import { bringUpToDate } from './look-up.ts'
import { nextLook } from './next-look.ts'

type Headers = Record<string, string | string[] | undefined>

/**
 * A gateway says that something happened: whatever it says, it is asked how the payment stands, so that a callback that
 * comes twice, late or out of order changes nothing wrongly. Throws NotFound for a gateway that is not set up,
 * BadRequest for what it did not write, and Busy when it can't be asked just now: it will call again.
 */
export async function receiveCallback(ctx: Ctx, name: string, body: Buffer, headers: Headers) {
  const gateway = gatewayCalled(name)
  if (!gateway) throw new NotFound()
  const notice = verified(() => gateway.verify(body, headers), name)
  if (!notice) return

  const { reference } = notice
  const payment = await paymentMeant(name, notice)
  if (!payment) return log.warn({ gateway: name, reference }, 'callback about a payment that is not here')
  try {
    await bringUpToDate(ctx, payment.id, { reference })
  } catch (error) {
    await lookSoon(ctx, payment.id, payment.gatewayReference ?? reference)
    throw error instanceof GatewayDown ? new Busy() : error
  }
}

/** By what the gateway calls it; by what we do when we never heard that name. */
async function paymentMeant(gateway: string, { reference, paymentId }: Notice) {
  const select = { id: true, gatewayReference: true }
  const known = await db.payment.findFirst({ where: { gateway, gatewayReference: reference }, select })
  return known ?? (paymentId ? db.payment.findFirst({ where: { gateway, id: paymentId }, select }) : null)
}

/** A callback that could not be followed is not forgotten, even if it never comes again. */
const lookSoon = (ctx: Ctx, id: string, gatewayReference: string) =>
  db.payment.update({
    where: { id },
    data: { gatewayReference, nextLookAt: nextLook(ctx.now) },
    select: { id: true }
  })

function verified<T>(verify: () => T, name: string) {
  try {
    return verify()
  } catch (error) {
    if (!(error instanceof Forged)) throw error
    log.warn({ gateway: name }, 'forged callback')
    throw new BadRequest()
  }
}
