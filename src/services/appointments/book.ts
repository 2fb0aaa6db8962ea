import type { Ctx } from '../../context.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { record } from '../audit/record.ts'
import { payAtClinic } from '../payments/at-clinic.ts'
import { checkStillPatient, patientToBookFor } from '../people/patient-to-book-for.ts'
import { settings } from '../settings/settings.ts'
import { bookedBefore, unlessBookedBefore } from './booked-before.ts'
import { claimSlot } from './claim-slot.ts'
import { checkOpenAppointments } from './limits.ts'
import { newReference } from './reference.ts'
import { claiming } from './taken.ts'

export interface Wish {
  /** When given, the slot must be this doctor's. */
  doctorId?: string
  timeslotId: string
  patientId?: string
  reason?: string | undefined
  idempotencyKey?: string | undefined
}

/** The price is the hold's: what was shown is what is charged. */
const owed = { id: true, clinicId: true, feeMinor: true, currency: true } as const

/**
 * Books a time, paid for at the clinic, at once or from the account's hold on it, even one that has run out if nobody
 * took the time since. The front desk books at its own clinics for patients it sees, and neither the clinic's notice
 * and window nor the limit of open appointments binds it; what it books is confirmed at once. The same idempotency key
 * gives the same booking again, and so does the desk's wish for what the patient has already. Throws Refusal as
 * `claiming` does, and when the patient has as many appointments to come as the settings allow.
 */
export async function bookAppointment(ctx: Ctx, wish: Wish) {
  const { id: actorId } = ctx.actor
  if (!actorId) throw new Forbidden()
  const patient = await patientToBookFor(ctx, wish)
  const allowed = await settings()
  const isDesk = may(ctx.actor, 'appointments.book-for-patients')

  const place = { timeslotId: wish.timeslotId, patientId: patient.id, keepsOwnHold: true }

  const booking = claiming(ctx, place, async tx => {
    const before = await bookedBefore(tx, ctx, wish)
    if (before) return before
    await checkStillPatient(tx, ctx, patient.id)
    const hold = await tx.appointment.findFirst({
      where: { bookedById: actorId, timeslotId: wish.timeslotId, status: 'HELD' },
      select: { id: true }
    })
    const slot = await claimSlot(tx, ctx, { ...wish, ...(hold && { appointmentId: hold.id }) })
    await checkOpenAppointments(tx, ctx, patient.id, allowed)
    const isOnOffer = isDesk || slot.feeMinor === 0 || allowed.paymentMethods.includes('PAY_AT_CLINIC')
    if (!isOnOffer) throw refuse('paymentMethod', 'booking:errors.paymentMethod')

    const booked = {
      patientId: patient.id,
      roomId: slot.roomId,
      status: isDesk ? 'CONFIRMED' : 'BOOKED',
      ...(wish.reason && { reason: wish.reason }),
      idempotencyKey: wish.idempotencyKey ?? null,
      holdExpiresAt: null
    } as const
    const { doctorId, clinicId, startsAt, endsAt, feeMinor, currency } = slot
    const made = { doctorId, clinicId, timeslotId: slot.id, startsAt, endsAt, feeMinor, currency, bookedById: actorId }
    const appointment = hold
      ? await tx.appointment.update({ where: { id: hold.id }, data: booked, select: owed })
      : await tx.appointment.create({ data: { ...made, ...booked, reference: newReference() }, select: owed })

    const { id } = appointment
    await payAtClinic(tx, ctx, appointment)
    await record(tx, ctx, 'appointment.booked', { type: 'appointment', id, clinicId })
    if (isDesk) await record(tx, ctx, 'appointment.confirmed', { type: 'appointment', id, clinicId })
    return { id }
  })
  return unlessBookedBefore(ctx, wish, booking)
}
