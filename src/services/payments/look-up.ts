import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { GatewayDown } from '../../gateways/payments/errors.ts'
import { gatewayCalled } from '../../gateways/payments.ts'
import { log } from '../../log.ts'
import { toDate } from '../../scheduling/zone.ts'
import { failPayment } from './fail.ts'
import { paymentFor, paymentPage } from './queries.ts'
import { settle } from './settle.ts'

/**
 * Asks the gateway how a payment stands, and makes it so here. A checkout whose time is kept no more is closed there
 * first, so that nobody pays for nothing. `reference` is what the gateway calls it, if it was never noted. Throws
 * GatewayDown when it could not be asked.
 */
export async function bringUpToDate(ctx: Ctx, id: string, { isLeft = false, reference = '' } = {}) {
  const payment = await db.payment.findUnique({
    where: { id },
    select: {
      status: true,
      gateway: true,
      gatewayReference: true,
      appointment: { select: { status: true, holdExpiresAt: true } }
    }
  })
  if (!payment?.gateway) return

  const { status, holdExpiresAt } = payment.appointment
  const isKept = status === 'HELD' && holdExpiresAt !== null && holdExpiresAt > toDate(ctx.now)
  const isWaitedFor = payment.status === 'PENDING' && isKept && !isLeft
  const known = payment.gatewayReference ?? reference
  if (!known) return isWaitedFor ? undefined : failPayment(ctx, id, 'ABANDONED')

  const gateway = gatewayCalled(payment.gateway)
  if (!gateway) throw new GatewayDown(`${payment.gateway} is not set up`)
  const standing = await gateway.lookUp(known)
  if (standing.paymentId !== id) throw new GatewayDown(`${known} is for another payment`)
  const isOpen = standing.state === 'OPEN' && !isWaitedFor
  await settle(ctx, id, isOpen ? await gateway.close(known) : standing)
}

/**
 * Somebody comes back from the gateway, or looks whether there is news: how their payment stands by now. When the
 * gateway doesn't answer it stands as it stood. Whoever `left` without paying gives up, and the time is free at once.
 * Throws NotFound for somebody else's.
 */
export async function comeBack(ctx: Ctx, id: string, { left }: { left?: 'yes' | undefined } = {}) {
  const { status, nextLookAt } = await paymentFor(ctx, id)
  const isLeft = left && status === 'PENDING'
  if (isLeft) await giveUp(ctx, id)
  else if (status === 'PENDING' || nextLookAt) await lookIfPossible(ctx, id)
  return paymentPage(ctx, id)
}

/**
 * Gives up a payment that is under way: the time is free at once, even when the gateway can't be told before later.
 * When it was paid just now it stays paid, and while a bank is still deciding it waits for that. Throws NotFound for
 * somebody else's.
 */
export async function giveUp(ctx: Ctx, id: string) {
  const { status } = await paymentFor(ctx, id)
  if (status !== 'PENDING') return
  const isTold = await lookIfPossible(ctx, id, { isLeft: true })
  if (!isTold) await failPayment(ctx, id, 'ABANDONED', { looksAgain: true })
}

async function lookIfPossible(ctx: Ctx, id: string, how: { isLeft?: boolean } = {}) {
  try {
    await bringUpToDate(ctx, id, how)
    return true
  } catch (error) {
    if (!(error instanceof GatewayDown)) throw error
    log.warn({ paymentId: id, error: error.message }, 'payment could not be looked up')
    return false
  }
}
