import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { wholeDays } from '../../scheduling/time-off.ts'
import { dateColumn } from '../../scheduling/zone.ts'
import { hitsOf } from '../appointments/hits.ts'
import { record } from '../audit/record.ts'
import { refuseWhenBusy } from '../availability/refuse-when-busy.ts'
import { closeTimes } from './closed-times.ts'
import { type ClosureWish, planClosures } from './plan-closures.ts'

type Planned = Awaited<ReturnType<typeof planClosures>>

/**
 * Closes a clinic on some days: from now on nobody can book there then. Who has booked keeps the time, and stands on
 * the worklist until moved or told. Days that are closed already in just the same way are left as they are. The times
 * of all doctors change together, or none. Returns the ids of the closures and the visits hit. Throws as
 * `planClosures` does, and a Refusal when too many people book just then.
 */
export async function closeClinicDays(ctx: Ctx, wish: ClosureWish) {
  const planned = await planClosures(ctx, wish)
  const { clinic, closures } = planned
  const ids = await refuseWhenBusy(() => transaction(tx => close(tx, ctx, planned)))
  const { hits } = await hitsOf(
    ctx,
    closures.map(days => ({ clinicId: clinic.id, ...wholeDays(days, clinic.timeZone) }))
  )
  return { clinicId: clinic.id, ids, hits }
}

async function close(tx: Tx, ctx: Ctx, { clinic, closures }: Planned) {
  const clinicId = clinic.id
  const added: ({ id: string } & Planned['closures'][number])[] = []
  for (const { reason, ...days } of closures) {
    const columns = { clinicId, startsOn: dateColumn(days.from), endsOn: dateColumn(days.to) }
    if (await tx.closure.findFirst({ where: columns, select: { id: true } })) continue

    const { id } = await tx.closure.create({ data: { ...columns, reason }, select: { id: true } })
    added.push({ id, reason, ...days })
  }
  const taken = added.map(({ id, ...days }) => ({ id, ...wholeDays(days, clinic.timeZone) }))
  const visits = await closeTimes(tx, ctx, clinicId, taken)
  for (const { id, from, to } of added) {
    const data = { closureId: id, from: from.toString(), to: to.toString(), visits: visits.get(id) ?? 0 }
    await record(tx, ctx, 'closure.added', { type: 'clinic', id: clinicId, clinicId, data })
  }
  return added.map(({ id }) => id)
}
