import type { Ctx } from '../../context.ts'
import { record } from '../audit/record.ts'
import { insertHours } from './hours-rows.ts'
import { type HoursWish, planHours } from './plan-working-hours.ts'
import { publishDoctor, publishing } from './publish.ts'
import { whoseTime } from './whose-time.ts'

/**
 * Adds weekly hours, one for each weekday, and publishes the times they make. Returns the ids of the hours and what
 * became of the slots. Throws NotFound for a doctor who isn't this person's, and a Refusal as planHours does.
 */
export async function addWorkingHours(ctx: Ctx, { doctorId, ...wish }: HoursWish & { doctorId?: string }) {
  const doctor = await whoseTime(ctx, doctorId)
  return publishing(async tx => {
    const { hours } = await planHours(tx, ctx, doctor, wish)
    const ids: string[] = []
    for (const each of hours) ids.push(await insertHours(tx, doctor.id, each))
    const { clinicId, weekdays } = wish
    await record(tx, ctx, 'working-hours.added', { type: 'doctor', id: doctor.id, clinicId, data: { ids, weekdays } })
    return { doctorId: doctor.id, ids, ...(await publishDoctor(tx, ctx, doctor.id)) }
  })
}
