import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

const AT_ONCE = 200

/** Frees the times whose holds have run out. Returns how many; a few hundred at a time, so call it again. */
export const expireHolds = (ctx: Ctx) =>
  transaction(async tx => {
    const expired = await tx.$queryRaw<{ id: string; clinicId: string }[]>`
      UPDATE appointments SET status = 'EXPIRED'
      WHERE id IN (
        SELECT id FROM appointments WHERE status = 'HELD' AND hold_expires_at <= ${toDate(ctx.now)}
        ORDER BY hold_expires_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING id, clinic_id AS "clinicId"`
    for (const { id, clinicId } of expired)
      await record(tx, ctx, 'appointment.expired', { type: 'appointment', id, appointmentId: id, clinicId })
    return expired.length
  })
