import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'

// Publishing looks ahead of now. Here are the visits that should have begun today and were not seen yet: whoever waits
// for a doctor that has gone home is on the worklist too, however long ago the time was.

const unfinished = ({ now }: Ctx) => Prisma.sql`EXISTS (
  SELECT 1 FROM time_off t WHERE t.doctor_id = s.doctor_id AND t.ends_at > ${toDate(now)}::timestamptz
    AND t.ends_at > s.starts_at AND (t.starts_at < s.ends_at
      OR t.starts_at <= ${toDate(now)}::timestamptz AND EXISTS (
        SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id AND a.status = 'CHECKED_IN')))`

const closed = Prisma.sql`EXISTS (
  SELECT 1 FROM closures x JOIN clinics c ON c.id = x.clinic_id WHERE x.clinic_id = s.clinic_id
    AND (s.starts_at AT TIME ZONE c.time_zone)::date BETWEEN x.starts_on AND x.ends_on)`

const begun = ({ now }: Ctx, doctorId: string) => Prisma.sql`
  s.doctor_id = ${doctorId}::uuid AND s.withdrawn_at IS NULL
  AND s.starts_at <= ${toDate(now)}::timestamptz AND s.starts_at > ${toDate(now)}::timestamptz - interval '26 hours'
  AND EXISTS (SELECT 1 FROM appointments a WHERE a.timeslot_id = s.id AND a.status IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN'))`

/** Suspends what has begun and lies in time off that goes on, or in a closure. Belongs to the transaction that adds these. */
export async function suspendBegun(tx: Tx, ctx: Ctx, doctorId: string) {
  await tx.$executeRaw`
    UPDATE time_slots s
    SET suspended_by = CASE WHEN ${unfinished(ctx)} THEN 'TIME_OFF'::"Suspension" ELSE 'CLOSURE'::"Suspension" END
    WHERE ${begun(ctx, doctorId)} AND s.suspended_by IS NULL AND (${unfinished(ctx)} OR ${closed})`
}

/** Takes back what was suspended by time off that is over now, or by a closure that is gone. */
export async function restoreBegun(tx: Tx, ctx: Ctx, doctorId: string) {
  await tx.$executeRaw`
    UPDATE time_slots s SET suspended_by = NULL
    WHERE ${begun(ctx, doctorId)} AND s.suspended_by IN ('TIME_OFF', 'CLOSURE')`
  await suspendBegun(tx, ctx, doctorId)
}
