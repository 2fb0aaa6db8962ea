import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'

interface Row {
  startsAt: Date
  endsAt: Date
  roomId: string | null
}

interface Place {
  doctorId: string
  clinicId: string
}

/**
 * Adds the slots that overlap none of the doctor's but extra ones at the same clinic. Returns the starts, in epoch
 * milliseconds, of those it added.
 */
export async function insertSlots(tx: Tx, ctx: Ctx, { doctorId, clinicId }: Place, rows: Row[]) {
  const made = await tx.$queryRaw<{ startsAt: Date }[]>`
    INSERT INTO time_slots (doctor_id, clinic_id, room_id, starts_at, ends_at)
    SELECT ${doctorId}::uuid, ${clinicId}::uuid, n."roomId", n."startsAt", n."endsAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n("roomId" uuid, "startsAt" timestamptz, "endsAt" timestamptz)
    WHERE NOT EXISTS (
      SELECT 1 FROM time_slots s WHERE s.doctor_id = ${doctorId}::uuid AND s.withdrawn_at IS NULL
        AND (NOT s.is_extra OR s.clinic_id <> ${clinicId}::uuid)
        AND tstzrange(s.starts_at, s.ends_at) && tstzrange(n."startsAt", n."endsAt"))
    RETURNING starts_at AS "startsAt"`
  const data = { count: made.length }
  if (made.length) await record(tx, ctx, 'timeslots.added', { type: 'timeslot', id: null, clinicId, data })
  return new Set(made.map(({ startsAt }) => startsAt.valueOf()))
}
