import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Forbidden, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import type { Interval } from '../../scheduling/intervals.ts'
import { awayThen } from '../../scheduling/openings.ts'
import { clockTime, toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { awayOf } from '../availability/diary.ts'
import { whoseTime } from '../availability/whose-time.ts'
import { patientSeen } from '../people/patient-queries.ts'
import { bookedBefore, unlessBookedBefore } from './booked-before.ts'
import { freeRoom } from './free-room.ts'
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
  /** Why, for the team. It stays on the slot. */
  reason: string
  idempotencyKey?: string | undefined
}

/**
 * Squeezes a patient in on purpose: an extra time on top of whatever the doctor has then, and the appointment in it, in
 * one transaction. It gets a free room or none. The same idempotency key gives the same booking. Throws NotFound for a
 * doctor or patient who isn't this person's; Refusal of a time that has begun or does not exist, when the doctor is
 * away, elsewhere or takes no bookings, when the clinic is closed; and (409) when somebody else is squeezed in then, or
 * the patient is with somebody else.
 */
export async function overbook(ctx: Ctx, squeeze: Squeeze) {
  const { id: actorId } = ctx.actor
  if (!actorId || !may(ctx.actor, 'appointments.overbook')) throw new Forbidden()
  const patient = await patientSeen(ctx, squeeze.patientId)
  const { doctorId, reason, idempotencyKey } = squeeze
  const wish = { idempotencyKey }
  const { clinicId, ...time } = await stretchOf(ctx, squeeze)
  const [startsAt, endsAt] = [toDate(time.startsAt), toDate(time.endsAt)]

  const squeezed = claiming(ctx, { patientId: patient.id, clinicId, startsAt, endsAt }, async tx => {
    const before = await bookedBefore(tx, ctx, wish)
    if (before) return before
    const { feeMinor, currency } = await doctorThere(tx, doctorId, clinicId)
    await refuseAway(tx, ctx, doctorId, { clinicId, ...time })
    const meant = await meantRoom(tx, doctorId, { clinicId, startsAt, endsAt })
    const place = { doctorId, clinicId, startsAt, endsAt }
    const roomId = await freeRoom(tx, { ...place, roomId: meant })
    const slot = await tx.timeSlot.create({
      data: { ...place, isExtra: true, extraReason: reason },
      select: { id: true }
    })
    const appointment = await tx.appointment.create({
      data: {
        ...place,
        ...{ timeslotId: slot.id, patientId: patient.id, roomId, feeMinor, currency },
        idempotencyKey: idempotencyKey ?? null,
        ...{ status: 'BOOKED', bookedById: actorId, reference: newReference() }
      },
      select: { id: true }
    })
    await record(tx, ctx, 'appointment.overbooked', { type: 'appointment', id: appointment.id, clinicId })
    return appointment
  })
  return unlessBookedBefore(ctx, wish, squeezed)
}

/** When it is to be, and where. The minute that is just running has not gone by yet. */
async function stretchOf(ctx: Ctx, { doctorId, clinicId, date, time, minutes }: Squeeze) {
  const { clinics } = await whoseTime(ctx, doctorId)
  const [clinic, ...others] = clinics.filter(({ id }) => !clinicId || id === clinicId)
  if (!clinic || others.length) throw refuse('clinicId', 'admin:errors.notTheirClinic')

  const startsAt = clockTime(Temporal.PlainDate.from(date), time, clinic.timeZone)
  if (!startsAt) throw refuse('time', 'admin:errors.noSuchTime')
  if (startsAt.epochMilliseconds + 60_000 <= ctx.now.epochMilliseconds) throw refuse('time', 'booking:refusal.past')
  return { clinicId: clinic.id, startsAt, endsAt: startsAt.add({ minutes }) }
}

async function doctorThere(tx: Tx, doctorId: string, clinicId: string) {
  const there = await tx.doctorClinic.findFirst({
    where: { doctorId, clinicId, doctor: { deactivatedAt: null }, clinic: { deactivatedAt: null } },
    select: { doctor: { select: { feeMinor: true } }, clinic: { select: { currency: true } } }
  })
  if (!there) throw refuse('doctorId', 'desk:overbook.refusal.inactive')
  return { feeMinor: there.doctor.feeMinor, currency: there.clinic.currency }
}

/** Nobody is squeezed in with a doctor who is not there, or where nobody is. */
async function refuseAway(tx: Tx, ctx: Ctx, doctorId: string, time: Interval & { clinicId: string }) {
  const away = awayThen(time, await awayOf(tx, ctx, doctorId))
  if (away) throw refuse('time', `desk:overbook.refusal.${away.by}`)
}

/** The doctor's other times then, taken or not: at another clinic the doctor can't be here; here is the room that is meant. */
async function meantRoom(tx: Tx, doctorId: string, time: { clinicId: string; startsAt: Date; endsAt: Date }) {
  const others = await tx.timeSlot.findMany({
    where: {
      ...{ doctorId, withdrawnAt: null, isExtra: false, suspendedBy: null },
      ...{ startsAt: { lt: time.endsAt }, endsAt: { gt: time.startsAt } }
    },
    select: { clinicId: true, roomId: true },
    orderBy: { startsAt: 'asc' }
  })
  if (others.some(({ clinicId }) => clinicId !== time.clinicId)) throw refuse('time', 'desk:overbook.refusal.elsewhere')
  return others[0]?.roomId ?? null
}
