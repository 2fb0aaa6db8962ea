import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { isUpcoming } from '../appointments/transitions.ts'

// Publishing looks ahead of now. Here are the visits that should have begun today and were not seen yet: whoever waits
// for a doctor that has gone home is on the worklist too, however long ago the time was.

const waits = Prisma.sql`EXISTS (SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id AND a.status = 'CHECKED_IN')`

const unfinished = ({ now }: Ctx) => Prisma.sql`EXISTS (
  SELECT 1 FROM time_off t WHERE t.doctor_id = s.doctor_id AND t.ends_at > ${toDate(now)}::timestamptz
    AND t.ends_at > s.starts_at AND (t.starts_at < s.ends_at
      OR t.starts_at <= ${toDate(now)}::timestamptz AND ${waits}))`

/** Slots `s` that have a moment in common with a closure of their clinic. */
export const isClosed = Prisma.sql`EXISTS (
  SELECT 1 FROM closures x JOIN clinics c ON c.id = x.clinic_id WHERE x.clinic_id = s.clinic_id
    AND (s.starts_at AT TIME ZONE c.time_zone)::date <= x.ends_on
    AND ((s.ends_at - interval '1 microsecond') AT TIME ZONE c.time_zone)::date >= x.starts_on)`

/** Slots `s` that began lately, with somebody who was not seen yet. */
export const hasBegun = ({ now }: Ctx) => Prisma.sql`(
  s.starts_at <= ${toDate(now)}::timestamptz AND s.starts_at > ${toDate(now)}::timestamptz - interval '26 hours'
  AND EXISTS (
    SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id AND ${isUpcoming}))`

/**
 * Suspends what has begun and lies in time off that goes on, or in a closure, of a doctor or at a clinic. Belongs to
 * the transaction that changes these. Returns how many visits that are.
 */
export const suspendBegun = (tx: Tx, ctx: Ctx, whose: { doctorId: string } | { clinicId: string }) => tx.$executeRaw`
  UPDATE time_slots s
  SET suspended_by = CASE WHEN ${unfinished(ctx)} THEN 'TIME_OFF'::"Suspension" ELSE 'CLOSURE'::"Suspension" END
  WHERE ${'doctorId' in whose ? Prisma.sql`s.doctor_id = ${whose.doctorId}::uuid` : Prisma.sql`s.clinic_id = ${whose.clinicId}::uuid`}
    AND s.withdrawn_at IS NULL AND s.suspended_by IS NULL AND ${hasBegun(ctx)} AND (${unfinished(ctx)} OR ${isClosed})`

/**
 * Takes back what time off suspended, once it has ended: what lies in it, and who waited when it had begun. What other
 * time off or a closure hit stays suspended. Returns how many visits may take place after all.
 */
export async function restoreBegun(
  tx: Tx,
  ctx: Ctx,
  { id, doctorId, startsAt, endsAt }: { id: string; doctorId: string; startsAt: Date; endsAt: Date }
) {
  const restored = await tx.$executeRaw`
    UPDATE time_slots s SET suspended_by = NULL
    WHERE s.doctor_id = ${doctorId}::uuid AND s.withdrawn_at IS NULL AND s.suspended_by = 'TIME_OFF'
      AND ${hasBegun(ctx)} AND s.starts_at < ${endsAt}::timestamptz
      AND (s.ends_at > ${startsAt}::timestamptz OR ${startsAt <= toDate(ctx.now)} AND ${waits})
      AND NOT EXISTS (
        SELECT 1 FROM time_off t WHERE t.doctor_id = s.doctor_id AND t.id <> ${id}::uuid
          AND t.starts_at < s.ends_at AND t.ends_at > s.starts_at)`
  return restored - (await suspendBegun(tx, ctx, { doctorId }))
}
