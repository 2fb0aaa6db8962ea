import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import { type Alternative, Busy, Refusal } from '../../errors.ts'
import { dates } from '../../helpers/dates.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { nearestTimes } from '../availability/queries.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { endHolds, holdsInTheWay, type Place } from './holds.ts'

/** The slot is there, but not on offer: blocked, suspended or withdrawn, or its doctor or clinic takes no bookings. */
export class NotOffered extends Error {}

/**
 * A transaction that clears holds that ran out and takes a slot. What the database refuses becomes a Refusal (409) in a
 * person's words: a slot that has just gone names the nearest free times; a patient who is elsewhere then is told so,
 * and so is whoever squeezes somebody in where somebody else was squeezed in. A room or an idempotency key that was
 * taken meanwhile is no reason to refuse: the work is run again and finds the next room, or the booking. Throws Busy
 * when there was no end of that.
 */
export async function claiming<T>(ctx: Ctx, place: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  const ranOut = await holdsInTheWay(ctx, place)
  const clearThenWork = async (tx: Tx) => {
    await endHolds(tx, ctx, ranOut, 'appointment.expired')
    return work(tx)
  }
  try {
    return await transaction(clearThenWork, runAgain)
  } catch (error) {
    throw await inWords(ctx, place, error)
  }
}

async function inWords(ctx: Ctx, place: Place, error: unknown) {
  const isSlot = 'timeslotId' in place
  if (isSlot && error instanceof NotOffered) return gone(ctx, place.timeslotId, 'booking:refusal.noSuchTime')
  if (isSlot && violates(error, 'appointments_live_slot')) return gone(ctx, place.timeslotId, 'booking:refusal.taken')
  const tooLate = (key: string) => new Refusal([{ field: isSlot ? 'timeslotId' : 'time', key }], { status: 409 })
  if (violates(error, 'appointments_patient_overlap')) return tooLate('booking:refusal.patientBusy')
  if (violates(error, 'time_slots_two_clinics')) return tooLate('desk:overbook.refusal.elsewhere')
  if (violates(error, 'time_slots_extra_overlap')) return tooLate('desk:overbook.refusal.extra')
  return runAgain(error) ? new Busy() : error
}

const runAgain = (error: unknown) =>
  violates(error, 'appointments_room_overlap') || violates(error, 'appointments_booked_by_id_idempotency_key_key')

async function gone(ctx: Ctx, timeslotId: string, key: string) {
  const slot = await db.timeSlot.findUniqueOrThrow({
    where: { id: timeslotId },
    select: { doctorId: true, startsAt: true, clinicId: true, clinic: { select: { timeZone: true } } }
  })
  const time = dates(ctx.locale).time(onTheClock(slot.startsAt, slot.clinic.timeZone))
  return new Refusal([{ field: 'timeslotId', key, params: { time } }], {
    status: 409,
    alternatives: await alternatives(ctx, slot)
  })
}

/** The doctor's free times nearest to one that has gone, each with its clinic; to the team at its own clinics. */
export async function alternatives(ctx: Ctx, slot: { doctorId: string; clinicId: string; startsAt: Date }) {
  const nearest = await nearestTimes(ctx, slot.doctorId, slot.startsAt)
  const times = nearest.filter(({ clinicId }) => isOwnClinic(ctx, clinicId))
  const clinics = await db.clinic.findMany({
    where: { id: { in: times.map(({ clinicId }) => clinicId) } },
    select: { id: true, name: true, city: true }
  })
  return times.flatMap(({ timeslotId, startsAt, timeZone, clinicId }): Alternative[] => {
    const clinic = clinics.find(({ id }) => id === clinicId)
    return clinic ? [{ timeslotId, startsAt, timeZone, clinic, isSameClinic: clinicId === slot.clinicId }] : []
  })
}
