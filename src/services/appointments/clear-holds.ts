import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { endHolds } from './end-holds.ts'

export interface Place {
  timeslotId: string
  patientId: string
  /** The account's own hold on the slot stays, even one that ran out: it is what will be booked. */
  keepsOwnHold?: boolean
}

/**
 * Holds that ran out and still keep the slot, the patient's time or a room of the clinic. Asked before the
 * transaction: a serializable one that looks through the holds clashes with everyone who takes a hold meanwhile.
 */
export async function holdsInTheWay(ctx: Ctx, { timeslotId, patientId, keepsOwnHold = false }: Place) {
  const holds = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM appointments a JOIN time_slots s ON s.id = ${timeslotId}::uuid
    WHERE a.status = 'HELD' AND a.hold_expires_at <= ${toDate(ctx.now)}
      AND (a.timeslot_id = s.id OR ((a.patient_id = ${patientId}::uuid OR a.clinic_id = s.clinic_id)
        AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at)))
      AND NOT (${keepsOwnHold} AND a.timeslot_id = s.id AND a.booked_by_id IS NOT DISTINCT FROM ${ctx.actor.id}::uuid)`
  return holds.map(({ id }) => id)
}

/** Ends those of them that are still waiting. A job ends what is in nobody's way. */
export const clearHolds = (tx: Tx, ctx: Ctx, ids: string[]) => endHolds(tx, ctx, ids, 'appointment.expired')
