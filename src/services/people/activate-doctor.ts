import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { doctorFor } from './doctor-queries.ts'

/** Lets patients book with this doctor again. Throws NotFound. */
export async function activateDoctor(ctx: Ctx, id: string) {
  await doctorFor(ctx, id)
  await transaction(async tx => {
    const where = { id, deactivatedAt: { not: null } }
    const { count } = await tx.doctor.updateMany({ where, data: { deactivatedAt: null } })
    if (count) await record(tx, ctx, 'doctor.activated', { type: 'doctor', id })
  })
}
