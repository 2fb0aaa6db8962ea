import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { clinicFor } from './admin-queries.ts'

/** Puts a clinic back in use. Throws NotFound. */
export async function activateClinic(ctx: Ctx, id: string) {
  await clinicFor(ctx, id)
  await transaction(async tx => {
    const where = { id, deactivatedAt: { not: null } }
    const { count } = await tx.clinic.updateMany({ where, data: { deactivatedAt: null } })
    if (count) await record(tx, ctx, 'clinic.activated', { type: 'clinic', id, clinicId: id })
  })
}
