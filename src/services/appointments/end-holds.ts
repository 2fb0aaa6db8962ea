import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

/** Frees the times of those that are still held: all that were let go of, or those whose time has run out. */
export async function endHolds(tx: Tx, ctx: Ctx, ids: string[], event: 'appointment.expired' | 'appointment.released') {
  if (ids.length === 0) return

  const ranOut = Prisma.sql`AND hold_expires_at <= ${toDate(ctx.now)}`
  const ended = await tx.$queryRaw<{ id: string; clinicId: string }[]>`
    UPDATE appointments SET status = 'EXPIRED'
    WHERE id = ANY(${ids}::uuid[]) AND status = 'HELD' ${event === 'appointment.expired' ? ranOut : Prisma.empty}
    RETURNING id, clinic_id AS "clinicId"`
  for (const { id, clinicId } of ended)
    await record(tx, ctx, event, { type: 'appointment', id, appointmentId: id, clinicId })
}
