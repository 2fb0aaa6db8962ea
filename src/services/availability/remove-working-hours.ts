import type { Ctx } from '../../context.ts'
import { record } from '../audit/record.ts'
import { type Amendment, publishDoctor, publishing } from './publish.ts'
import { presentHours, workingHoursFor } from './working-hours-queries.ts'

/**
 * Takes weekly hours away, with the free times they made; who has one of them stands on the worklist. Returns what
 * became of the slots. Throws NotFound for hours that aren't this person's.
 */
export async function removeWorkingHours(ctx: Ctx, id: string) {
  const { doctor } = await workingHoursFor(ctx, id)
  return publishing(async tx => {
    const { clinicId, weekday } = await presentHours(tx, ctx, doctor, id)
    const published = await publishDoctor(tx, ctx, doctor.id, without(id))
    await tx.workingHours.delete({ where: { id }, select: { id: true } })
    const data = { id, weekday }
    await record(tx, ctx, 'working-hours.removed', { type: 'doctor', id: doctor.id, clinicId, data })
    return { doctorId: doctor.id, ...published }
  })
}

/** A doctor's time as it is when some hours have gone. */
export const without =
  (id: string): Amendment =>
  diary => ({ ...diary, hours: diary.hours.filter(hours => hours.id !== id) })
