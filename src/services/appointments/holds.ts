import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

/** A time somebody wants: a slot, or a stretch for which one is yet to be made. */
export type Place = Whose & ({ timeslotId: string } | Stretch)

interface Whose {
  patientId: string
  /** The account's own hold on the slot stays, even one that ran out: it is what will be booked. */
  keepsOwnHold?: boolean
  /** The hold that will be booked for whoever took it. */
  holdId?: string
}

interface Stretch {
  clinicId: string
  startsAt: Date
  endsAt: Date
}

/**
 * Holds that ran out and still keep the slot, the patient's time or a room of the clinic. Asked before the
 * transaction: a serializable one that looks through the holds clashes with everyone who takes a hold meanwhile.
 */
export async function holdsInTheWay(ctx: Ctx, place: Place) {
  const { patientId, keepsOwnHold = false, holdId = null } = place
  const holds = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM appointments a CROSS JOIN (${wanted(place)}) s
    WHERE a.status = 'HELD' AND a.hold_expires_at <= ${toDate(ctx.now)} AND a.id IS DISTINCT FROM ${holdId}::uuid
      AND (a.timeslot_id = s.id OR ((a.patient_id = ${patientId}::uuid OR a.clinic_id = s.clinic_id)
        AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at)))
      AND NOT (${keepsOwnHold} AND a.timeslot_id = s.id AND a.booked_by_id IS NOT DISTINCT FROM ${ctx.actor.id}::uuid)`
  return holds.map(({ id }) => id)
}

const wanted = (place: Place) =>
  'timeslotId' in place
    ? Prisma.sql`SELECT id, clinic_id, starts_at, ends_at FROM time_slots WHERE id = ${place.timeslotId}::uuid`
    : Prisma.sql`SELECT NULL::uuid AS id, ${place.clinicId}::uuid AS clinic_id,
        ${place.startsAt}::timestamptz AS starts_at, ${place.endsAt}::timestamptz AS ends_at`

/**
 * The account's holds. Asked before the transaction: one that reads all that an account ever booked clashes with
 * everyone. None for whoever holds a mailed link: it is good for one appointment.
 */
export const ownHolds = ({ actor }: Ctx) =>
  actor.id && !actor.link
    ? db.appointment.findMany({
        where: { bookedById: actor.id, status: 'HELD' },
        select: { id: true, timeslotId: true }
      })
    : []

/** Frees the times of those that are still held: all that were let go of, or those whose time has run out. */
export async function endHolds(tx: Tx, ctx: Ctx, ids: string[], event: 'appointment.expired' | 'appointment.released') {
  if (ids.length === 0) return

  const ranOut = Prisma.sql`AND hold_expires_at <= ${toDate(ctx.now)}`
  const ended = await tx.$queryRaw<{ id: string; clinicId: string }[]>`
    UPDATE appointments SET status = 'EXPIRED'
    WHERE id = ANY(${ids}::uuid[]) AND status = 'HELD' ${event === 'appointment.expired' ? ranOut : Prisma.empty}
    RETURNING id, clinic_id AS "clinicId"`
  for (const { id, clinicId } of ended) await record(tx, ctx, event, { type: 'appointment', id, clinicId })
}
