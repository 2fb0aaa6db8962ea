import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { clinicFor } from './admin-queries.ts'

/** Takes a clinic out of use: no new bookings; appointments made before stay. Twice is once. Throws NotFound. */
export async function deactivateClinic(ctx: Ctx, id: string) {
  await clinicFor(ctx, id)
  await transaction(async tx => {
    const data = { deactivatedAt: toDate(ctx.now) }
    const { count } = await tx.clinic.updateMany({ where: { id, deactivatedAt: null }, data })
    if (count) await record(tx, ctx, 'clinic.deactivated', { type: 'clinic', id, clinicId: id })
  })
}
