import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { doctorFor } from './doctor-queries.ts'

/** No new bookings with this doctor; appointments made before stay, and so does the account. Throws NotFound. */
export async function deactivateDoctor(ctx: Ctx, id: string) {
  await doctorFor(ctx, id)
  await transaction(async tx => {
    const data = { deactivatedAt: toDate(ctx.now) }
    const { count } = await tx.doctor.updateMany({ where: { id, deactivatedAt: null }, data })
    if (count) await record(tx, ctx, 'doctor.deactivated', { type: 'doctor', id })
  })
}
