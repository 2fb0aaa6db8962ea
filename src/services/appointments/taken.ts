import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Tx, transaction, violates } from '../../database/transaction.ts'
import { Busy, Refusal } from '../../errors.ts'
import { dates } from '../../helpers/dates.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { nearestTimes } from '../availability/queries.ts'
import { clearHolds, holdsInTheWay, type Place } from './clear-holds.ts'

/** Somebody else was faster. */
export class Taken extends Error {}

/**
 * A transaction that clears holds that ran out and takes a slot. What the database refuses becomes a Refusal (409) in
 * a person's words: a slot that has just gone names the nearest free times; a patient who is elsewhere then is told
 * so. A room or an idempotency key that was taken meanwhile is no reason to refuse: the work is run again and finds
 * the next room, or the booking. Throws Busy when there was no end of that.
 */
export async function claiming<T>(ctx: Ctx, place: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  const ranOut = await holdsInTheWay(ctx, place)
  const clearThenWork = async (tx: Tx) => {
    await clearHolds(tx, ctx, ranOut)
    return work(tx)
  }
  try {
    return await transaction(clearThenWork, runAgain)
  } catch (error) {
    if (error instanceof Taken || violates(error, 'appointments_live_slot'))
      throw await justTaken(ctx, place.timeslotId)
    if (violates(error, 'appointments_patient_overlap'))
      throw new Refusal([{ field: 'timeslotId', key: 'booking:refusal.patientBusy' }], { status: 409 })
    throw runAgain(error) ? new Busy() : error
  }
}

const runAgain = (error: unknown) =>
  violates(error, 'appointments_room_overlap') || violates(error, 'appointments_booked_by_id_idempotency_key_key')

async function justTaken(ctx: Ctx, timeslotId: string) {
  const slot = await db.timeSlot.findUniqueOrThrow({
    where: { id: timeslotId },
    select: { doctorId: true, startsAt: true, clinic: { select: { timeZone: true } } }
  })
  const time = dates(ctx.locale).time(onTheClock(slot.startsAt, slot.clinic.timeZone))
  const alternatives = await nearestTimes(ctx, slot.doctorId, slot.startsAt)
  return new Refusal([{ field: 'timeslotId', key: 'booking:refusal.taken', params: { time } }], {
    status: 409,
    alternatives: alternatives.map(({ timeslotId: id, startsAt }) => ({ timeslotId: id, startsAt }))
  })
}
