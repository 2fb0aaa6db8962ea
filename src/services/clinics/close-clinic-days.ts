import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { type Days, wholeDays } from '../../scheduling/time-off.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hitsOf } from '../appointments/hits.ts'
import { record } from '../audit/record.ts'
import { suspendBegun } from '../availability/begun-visits.ts'
import { publishDoctor, publishing } from '../availability/publish.ts'
import { type ClosureWish, dateColumn, duringDays, planClosures } from './plan-closures.ts'

/**
 * Closes a clinic on some days: from now on nobody can book there then. Who has booked keeps the time, and stands on
 * the worklist until moved or told. Days that are closed already in just the same way are left as they are. All
 * doctors with times on these days change together, or none. Returns the ids of the closures and the visits hit.
 * Throws as `planClosures` does.
 */
export async function closeClinicDays(ctx: Ctx, wish: ClosureWish) {
  const { clinic, closures } = await planClosures(ctx, wish)
  const clinicId = clinic.id

  const ids = await publishing(async tx => {
    const added: string[] = []
    for (const { from, to, reason } of closures) {
      const days = { clinicId, startsOn: dateColumn(from), endsOn: dateColumn(to) }
      if (await tx.closure.findFirst({ where: days, select: { id: true } })) continue

      const { id } = await tx.closure.create({ data: { ...days, reason }, select: { id: true } })
      const data = { from: from.toString(), to: to.toString() }
      await record(tx, ctx, 'closure.added', { type: 'clinic', id: clinicId, clinicId, data })
      added.push(id)
    }
    const doctors = added.length ? await doctorsWithTimes(tx, ctx, clinic, closures) : []
    for (const doctorId of doctors) {
      await publishDoctor(tx, ctx, doctorId)
      await suspendBegun(tx, ctx, doctorId)
    }
    return added
  })
  const { hits } = await hitsOf(
    ctx,
    closures.map(days => ({ clinicId, ...wholeDays(days, clinic.timeZone) }))
  )
  return { clinicId, ids, hits }
}

/** Always in the same order, so that two who close days at once don't wait for each other. */
async function doctorsWithTimes(tx: Tx, { now }: Ctx, clinic: { id: string; timeZone: string }, closures: Days[]) {
  const rows = await tx.timeSlot.findMany({
    where: {
      clinicId: clinic.id,
      withdrawnAt: null,
      startsAt: { gt: toDate(now.subtract({ hours: 26 })) },
      OR: closures.map(days => duringDays(days, clinic.timeZone))
    },
    select: { doctorId: true },
    distinct: ['doctorId'],
    orderBy: { doctorId: 'asc' }
  })
  return rows.map(({ doctorId }) => doctorId)
}
