import type { Ctx } from '../../context.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hitsOf } from '../appointments/hits.ts'
import { record } from '../audit/record.ts'
import { suspendBegun } from './begun-visits.ts'
import { planTimeOff, type TimeOffWish } from './plan-time-off.ts'
import { publishDoctor, publishing } from './publish.ts'
import { refuseWhenBusy } from './refuse-when-busy.ts'

/**
 * Notes that a doctor is away: from now on nobody can book that time. Who has booked it keeps it, and stands on the
 * worklist until moved or told. Sent twice it is noted once. Returns its id and the visits it hits that this person
 * may see. Throws as `planTimeOff` does, and a Refusal when too many people book just then.
 */
export async function addTimeOff(ctx: Ctx, wish: TimeOffWish) {
  const { doctor, clinic: _, reason, ...planned } = await planTimeOff(ctx, wish)
  const doctorId = doctor.id
  const [startsAt, endsAt] = [toDate(planned.startsAt), toDate(planned.endsAt)]

  const add = () =>
    publishing(async tx => {
      const same = await tx.timeOff.findFirst({ where: { doctorId, startsAt, endsAt }, select: { id: true } })
      if (same) return same.id

      const { id } = await tx.timeOff.create({ data: { doctorId, startsAt, endsAt, reason }, select: { id: true } })
      const { hit } = await publishDoctor(tx, ctx, doctorId)
      const visits = hit + (await suspendBegun(tx, ctx, { doctorId }))
      const data = { timeOffId: id, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), visits }
      await record(tx, ctx, 'time-off.added', { type: 'doctor', id: doctorId, data })
      return id
    })
  const id = await refuseWhenBusy(add)
  const { hits } = await hitsOf(ctx, [{ ...planned, doctorId }])
  return { id, hits }
}
