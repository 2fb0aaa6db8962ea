import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { clockTime, dayAt, toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { whoseTime } from '../availability/whose-time.ts'
import { payAtClinic } from '../payments/at-clinic.ts'
import { patientSeen } from '../people/patient-queries.ts'
import { checkStillPatient } from '../people/patient-to-book-for.ts'
import { bookedBefore, unlessBookedBefore } from './booked-before.ts'
import { doctorThen } from './doctor-then.ts'
import { ownRoom } from './free-room.ts'
import { newReference } from './reference.ts'
import { claiming } from './taken.ts'

export interface Squeeze {
  patientId: string
  doctorId: string
  /** May be left out when the doctor works at one clinic of the person who asks. */
  clinicId?: string | undefined
  /** A day and minutes past midnight, by the clinic's clock. */
  date: string
  time: number
  minutes: number
  /** Why, for the team. It stays on the slot until the appointment is moved away from it. */
  reason: string
  idempotencyKey?: string | undefined
}

/**
 * Squeezes a patient in on purpose: an extra time on top of whatever the doctor has then, and the appointment in it, in
 * one transaction. It gets the doctor's own room when that is free, else none, and is confirmed at once. The same
 * idempotency key gives the same booking. Throws NotFound for a doctor or patient who isn't this person's; Refusal of a
 * time that has begun, lies more than a year ahead or does not exist, when the doctor is away, works elsewhere or takes
 * no bookings, when the clinic is closed; and (409) when somebody else is squeezed in then, or the patient is with
 * somebody else.
 */
export async function overbook(ctx: Ctx, squeeze: Squeeze) {
  const { id: actorId } = ctx.actor
  if (!actorId || !may(ctx.actor, 'appointments.overbook')) throw new Forbidden()
  const patient = await patientSeen(ctx, squeeze.patientId)
  const { doctorId, reason, idempotencyKey } = squeeze
  const { clinicId, ...time } = await stretchOf(ctx, squeeze)
  const [startsAt, endsAt] = [toDate(time.startsAt), toDate(time.endsAt)]
  const wish = { idempotencyKey, patientId: patient.id, doctorId, clinicId, startsAt, endsAt }

  const squeezed = claiming(ctx, { patientId: patient.id, clinicId, startsAt, endsAt }, async tx => {
    const before = await bookedBefore(tx, ctx, wish)
    if (before) return before
    await checkStillPatient(tx, ctx, patient.id)
    const { feeMinor, currency, meant } = await doctorThen(tx, ctx, doctorId, { clinicId, ...time })
    const place = { doctorId, clinicId, startsAt, endsAt }
    const roomId = await ownRoom(tx, { ...place, roomId: meant })
    const slot = await tx.timeSlot.create({
      data: { ...place, isExtra: true, extraReason: reason },
      select: { id: true }
    })
    const appointment = await tx.appointment.create({
      data: {
        ...place,
        ...{ timeslotId: slot.id, patientId: patient.id, roomId, feeMinor, currency },
        idempotencyKey: idempotencyKey ?? null,
        ...{ status: 'CONFIRMED', bookedById: actorId, reference: newReference() }
      },
      select: { id: true, clinicId: true, feeMinor: true, currency: true }
    })
    await payAtClinic(tx, ctx, appointment)
    const subject = { type: 'appointment', id: appointment.id, clinicId } as const
    await record(tx, ctx, 'appointment.overbooked', subject)
    await record(tx, ctx, 'appointment.confirmed', subject)
    return { id: appointment.id }
  })
  return unlessBookedBefore(ctx, wish, squeezed)
}

/** A mistyped year is no wish. */
const MOST_DAYS_AHEAD = 365

/** When it is to be, and where. The minute that is just running has not gone by yet. */
async function stretchOf(ctx: Ctx, { doctorId, clinicId, date, time, minutes }: Squeeze) {
  const { clinics } = await whoseTime(ctx, doctorId)
  const [clinic, ...others] = clinics.filter(({ id }) => !clinicId || id === clinicId)
  if (!clinic || others.length) throw refuse('clinicId', 'admin:errors.notTheirClinic')

  const day = Temporal.PlainDate.from(date)
  const startsAt = clockTime(day, time, clinic.timeZone)
  if (!startsAt) throw refuse('time', 'admin:errors.noSuchTime')
  if (startsAt.epochMilliseconds + 60_000 <= ctx.now.epochMilliseconds) throw refuse('time', 'booking:refusal.past')
  if (dayAt(ctx.now, clinic.timeZone).until(day).days > MOST_DAYS_AHEAD)
    throw refuse('date', 'desk:overbook.refusal.tooFar', { count: MOST_DAYS_AHEAD })
  return { clinicId: clinic.id, startsAt, endsAt: startsAt.add({ minutes }) }
}
