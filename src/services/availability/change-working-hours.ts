import type { Ctx } from '../../context.ts'
import { record } from '../audit/record.ts'
import { endHours, insertHours, replaceHours } from './hours-rows.ts'
import { type HoursWish, planHours } from './plan-working-hours.ts'
import { publishDoctor, publishing } from './publish.ts'
import { presentHours, type Seen, workingHoursFor } from './working-hours-queries.ts'

/**
 * Changes weekly hours and publishes the difference. When the wish names a day to come, the present hours stay until
 * the day before and new ones follow. Returns the ids of the hours as wished, and what became of the slots. Throws
 * NotFound for hours that aren't this person's, and a Refusal as planHours does, or (409) when they are no longer those
 * of the version seen.
 */
export async function changeWorkingHours(ctx: Ctx, id: string, { version, ...wish }: HoursWish & Seen) {
  const { doctor } = await workingHoursFor(ctx, id)
  return publishing(async tx => {
    const present = await presentHours(tx, ctx, doctor, id, version)
    const { hours, presentUntil } = await planHours(tx, ctx, doctor, wish, present)
    if (presentUntil) await endHours(tx, id, presentUntil)
    const ids: string[] = []
    for (const each of hours)
      ids.push(presentUntil ? await insertHours(tx, doctor.id, each) : await replaceHours(tx, each))
    const { clinicId, weekdays } = wish
    const data = { id, ids, weekdays }
    await record(tx, ctx, 'working-hours.changed', { type: 'doctor', id: doctor.id, clinicId, data })
    return { doctorId: doctor.id, ids, ...(await publishDoctor(tx, ctx, doctor.id)) }
  })
}
