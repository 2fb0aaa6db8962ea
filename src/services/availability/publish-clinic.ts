import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { log } from '../../log.ts'
import { publishDoctor, publishing } from './publish.ts'

/**
 * Publishes doctor by doctor after something of their clinic has changed. What goes wrong with one is logged, and made
 * good by the job that publishes everyone.
 */
export async function publishClinic(ctx: Ctx, clinicId: string) {
  const working = await db.doctor.findMany({
    where: { deactivatedAt: null, workingHours: { some: { clinicId } } },
    select: { id: true },
    orderBy: { id: 'asc' }
  })
  for (const { id } of working)
    try {
      await publishing(tx => publishDoctor(tx, ctx, id))
    } catch (error) {
      log.error({ err: error, doctorId: id }, 'slots not published')
    }
}
