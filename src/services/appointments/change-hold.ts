import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { patientFor } from '../people/queries.ts'
import { settings } from '../settings/settings.ts'
import { changeStatus } from './change-status.ts'
import { holdFor } from './queries.ts'
import { claiming } from './taken.ts'

export interface Details {
  patientId: string
  reason?: string
}

/** Notes who comes and why, and keeps the time for another ten minutes, up to thirty in all. */
export async function changeHold(ctx: Ctx, id: string, { patientId, reason }: Details) {
  const hold = await holdFor(ctx, id)
  const patient = await patientFor(ctx, patientId)
  const { holdMinutes, holdMinutesAtMost } = await settings()
  const longest = instantOf(hold.createdAt).add({ minutes: holdMinutesAtMost })
  const renewed = ctx.now.add({ minutes: holdMinutes })
  const holdExpiresAt = toDate(renewed.epochMilliseconds < longest.epochMilliseconds ? renewed : longest)

  const changed = await claiming(ctx, { timeslotId: hold.timeslotId, patientId: patient.id, keepsOwnHold: true }, tx =>
    tx.appointment.updateMany({
      where: { id, status: 'HELD' },
      data: { patientId: patient.id, reason: reason ?? null, holdExpiresAt }
    })
  )
  if (changed.count === 0) throw refuse(null, 'booking:refusal.holdGone')
}

/** Lets go of a held time before it runs out by itself. */
export async function releaseHold(ctx: Ctx, id: string) {
  const hold = await holdFor(ctx, id)
  if (hold.status === 'EXPIRED') return
  await transaction(tx => changeStatus(tx, ctx, { id, to: 'EXPIRED', event: 'appointment.released' }))
}
