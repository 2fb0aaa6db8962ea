import { Temporal } from 'temporal-polyfill'
import { systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { paths } from '../../src/paths.ts'
import { expireHolds } from '../../src/services/appointments/expire-holds.ts'
import { reconcilePayments } from '../../src/services/payments/reconcile.ts'
import type { Person } from './person.ts'

interface Slot {
  id: string
  doctorId: string
}

/** Asks to book a time and to pay for it by card. */
export const paysFor = (person: Person, slot: Slot, more: object = {}) =>
  person.sends('post', paths.booking.appointments.index(), {
    ...{ doctorId: slot.doctorId, timeslotId: slot.id, paymentMethod: 'CARD', ...more }
  })

/** The same, as far as the gateway's page. */
export async function begins(person: Person, slot: Slot) {
  const { status, body } = await paysFor(person, slot)
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`)
  const checkoutUrl: string = body.payment.checkoutUrl
  return { id: body.payment.id as string, checkoutUrl, appointmentId: body.appointment.id as string }
}

type Outcome = 'PAY' | 'DECLINE'
type Callback = 'AT_ONCE' | 'LATER' | 'TWICE' | 'NEVER'

/** What somebody does on the gateway's page, and when the gateway calls us about it. */
export const decides = (person: Person, checkoutUrl: string, outcome: Outcome = 'PAY', callback: Callback = 'NEVER') =>
  person.submits(`${checkoutUrl}/decision`, { outcome, callback })

/** A payment and its appointment as they stand. */
export const standingOf = async (id: string) => {
  const { status, refundCause, appointment } = await db.payment.findUniqueOrThrow({
    where: { id },
    select: { status: true, refundCause: true, appointment: { select: { status: true } } }
  })
  return [appointment.status, status, ...(refundCause ? [refundCause] : [])].join(' ')
}

/** What the jobs do some minutes from now. */
export async function minutesLater(minutes: number) {
  const ctx = systemCtx(Temporal.Now.instant().add({ minutes }), 'test')
  await expireHolds(ctx)
  return reconcilePayments(ctx)
}
