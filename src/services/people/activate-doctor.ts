import type { Ctx } from '../../context.ts'
import { record } from '../audit/record.ts'
import { publishDoctor, publishing } from '../availability/publish.ts'
import { doctorFor } from './doctor-queries.ts'

/** Lets patients book with this doctor again, in the whole of the booking window. Throws NotFound. */
export async function activateDoctor(ctx: Ctx, id: string) {
  await doctorFor(ctx, id)
  await publishing(async tx => {
    const where = { id, deactivatedAt: { not: null } }
    const { count } = await tx.doctor.updateMany({ where, data: { deactivatedAt: null } })
    if (!count) return

    await record(tx, ctx, 'doctor.activated', { type: 'doctor', id })
    await publishDoctor(tx, ctx, id)
  })
}
