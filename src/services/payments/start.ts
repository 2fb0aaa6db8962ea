import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { type OnlineMethod, type PaymentGateway, paymentGateway } from '../../gateways/payments.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { Wish } from '../appointments/book.ts'
import { claimSlot } from '../appointments/claim-slot.ts'
import { holdTimeslot } from '../appointments/hold.ts'
import { checkOpenAppointments, holdEnd, longestHold } from '../appointments/limits.ts'
import { newReference } from '../appointments/reference.ts'
import { claiming } from '../appointments/taken.ts'
import { record } from '../audit/record.ts'
import { checkStillPatient, patientToBookFor } from '../people/patient-to-book-for.ts'
import { settings } from '../settings/settings.ts'
import { methodsOnOffer } from './methods.ts'
import { nextLook } from './next-look.ts'
import { type Begun, openCheckout } from './open-checkout.ts'
import { retirePresent } from './retire.ts'

export interface OnlineWish extends Wish {
  paymentMethod: OnlineMethod
}

/** Nobody is sent to pay with less time than that. */
const LEAST = { minutes: 2 }

const select = { id: true, appointmentId: true, amountMinor: true, currency: true, reference: true, checkoutUrl: true }

/**
 * Begins to pay for a time: the account's hold on it, taken now if there is none, is kept as long as a hold can be, at
 * the price it was shown with, and a checkout is opened. Nothing is booked before the gateway says that it was paid.
 * Returns the payment and where to pay; the same wish again gives the same checkout while it is open. Throws Refusal as
 * `claiming` does; of a method that isn't on offer; when the hold is all but over; and when the gateway does not answer:
 * the time is still held then.
 */
export async function startPayment(ctx: Ctx, wish: OnlineWish): Promise<{ paymentId: string; url: string }> {
  const gateway = paymentGateway()
  const hold = await ownHold(ctx, wish)
  if (!gateway || !(await methodsOnOffer(hold.currency, hold.feeMinor)).includes(wish.paymentMethod))
    throw refuse('paymentMethod', 'booking:errors.paymentMethod')

  const payment = await begin(ctx, gateway, hold.id, wish)
  const url = payment.checkoutUrl ?? (await openCheckout(ctx, gateway, payment, wish.paymentMethod))
  return { paymentId: payment.id, url }
}

async function ownHold(ctx: Ctx, wish: Wish) {
  const bookedById = ctx.actor.id
  if (!bookedById) throw new Forbidden()
  const find = () =>
    db.appointment.findFirst({
      where: { bookedById, timeslotId: wish.timeslotId, status: 'HELD' },
      select: { id: true, currency: true, feeMinor: true }
    })
  const held = (await find()) ?? ((await holdTimeslot(ctx, wish)) && (await find()))
  if (!held) throw refuse(null, 'booking:refusal.holdGone')
  return held
}

async function begin(ctx: Ctx, gateway: PaymentGateway, id: string, wish: OnlineWish): Promise<Begun> {
  const { timeslotId, doctorId, reason, idempotencyKey, paymentMethod: method } = wish
  const patient = await patientToBookFor(ctx, wish)
  const allowed = await settings()

  return claiming(ctx, { timeslotId, patientId: patient.id, keepsOwnHold: true }, async tx => {
    await checkStillPatient(tx, ctx, patient.id)
    await checkOpenAppointments(tx, ctx, patient.id, allowed)
    const held = await tx.appointment.findFirst({
      where: { id, status: 'HELD' },
      select: { clinicId: true, feeMinor: true, currency: true, createdAt: true, holdExpiresAt: true }
    })
    if (!held) throw refuse(null, 'booking:refusal.holdGone')
    const slot = await claimSlot(tx, ctx, { timeslotId, appointmentId: id, ...(doctorId && { doctorId }) })
    const longest = longestHold(allowed, held.createdAt)
    if (longest < toDate(ctx.now.add(LEAST))) throw refuse(null, 'booking:refusal.holdGone')
    await tx.appointment.update({
      where: { id },
      data: {
        patientId: patient.id,
        roomId: slot.roomId,
        holdExpiresAt: holdEnd(ctx.now, allowed, held),
        ...(reason && { reason })
      },
      select: { id: true }
    })
    const open = await openPayment(tx, id, gateway, method)
    if (open) return { ...open, longest }

    await retirePresent(tx, ctx, { id, clinicId: held.clinicId })
    const payment = await tx.payment.create({
      data: {
        ...{ reference: newReference(), appointmentId: id, clinicId: held.clinicId, method, gateway: gateway.name },
        ...{ amountMinor: held.feeMinor, currency: held.currency, idempotencyKey: idempotencyKey ?? null },
        nextLookAt: nextLook(ctx.now),
        createdAt: toDate(ctx.now)
      },
      select
    })
    await record(tx, ctx, 'payment.started', {
      ...{ type: 'payment', id: payment.id, clinicId: held.clinicId },
      data: { appointmentId: id, method }
    })
    return { ...payment, longest }
  })
}

/** A double click, a retry or a Back: the checkout that is open already. */
const openPayment = (tx: Tx, appointmentId: string, { name: gateway }: PaymentGateway, method: OnlineMethod) =>
  tx.payment.findFirst({
    where: { appointmentId, isCurrent: true, status: 'PENDING', gateway, method, checkoutUrl: { not: null } },
    select
  })
