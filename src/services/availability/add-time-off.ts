import type { Ctx } from '../../context.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hitsOf } from '../appointments/hits.ts'
import { record } from '../audit/record.ts'
import { suspendBegun } from './begun-visits.ts'
import { planTimeOff, type TimeOffWish } from './plan-time-off.ts'
import { publishDoctor, publishing } from './publish.ts'

/**
 * Notes that a doctor is away: from now on nobody can book that time. Who has booked it keeps it, and stands on the
 * worklist until moved or told. Sent twice it is noted once. Returns its id and the visits it hits that this person
 * may see. Throws as `planTimeOff` does.
 */
export async function addTimeOff(ctx: Ctx, wish: TimeOffWish) {
  const { doctor, clinic: _, reason, ...planned } = await planTimeOff(ctx, wish)
  const doctorId = doctor.id
  const [startsAt, endsAt] = [toDate(planned.startsAt), toDate(planned.endsAt)]

  const id = await publishing(async tx => {
    const same = await tx.timeOff.findFirst({ where: { doctorId, startsAt, endsAt }, select: { id: true } })
    if (same) return same.id

    const added = await tx.timeOff.create({ data: { doctorId, startsAt, endsAt, reason }, select: { id: true } })
    await publishDoctor(tx, ctx, doctorId)
    await suspendBegun(tx, ctx, doctorId)
    const data = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() }
    await record(tx, ctx, 'time-off.added', { type: 'doctor', id: doctorId, data })
    return added.id
  })
  const { hits } = await hitsOf(ctx, [{ ...planned, doctorId }])
  return { id, hits }
}
