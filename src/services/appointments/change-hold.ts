import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { checkStillPatient } from '../people/patient-to-book-for.ts'
import { patientFor } from '../people/queries.ts'
import { settings } from '../settings/settings.ts'
import { changeStatus } from './change-status.ts'
import { checkStillOffered } from './claim-slot.ts'
import { checkOpenAppointments, holdEnd } from './limits.ts'
import { holdFor } from './queries.ts'
import { claiming } from './taken.ts'

export interface Details {
  patientId: string
  reason?: string
}

/**
 * Notes who comes and why, and keeps the time for another ten minutes, up to thirty in all. Throws Refusal as
 * `claiming` does, and when the hold has run out.
 */
export async function changeHold(ctx: Ctx, id: string, { patientId, reason }: Details) {
  const hold = await holdFor(ctx, id)
  const patient = await patientFor(ctx, patientId)
  const allowed = await settings()

  const place = { timeslotId: hold.timeslotId, patientId: patient.id, keepsOwnHold: true }
  const changed = await claiming(ctx, place, async tx => {
    await checkStillPatient(tx, ctx, patient.id)
    await checkStillOffered(tx, hold.timeslotId)
    await checkOpenAppointments(tx, ctx, patient.id, allowed)
    const said = { patientId: patient.id, reason: reason ?? null }
    const present = { id, status: 'HELD' } as const
    const held = await tx.appointment.findFirst({
      where: present,
      select: { createdAt: true, holdExpiresAt: true }
    })
    const { count } = await tx.appointment.updateMany({
      where: present,
      data: { ...said, holdExpiresAt: holdEnd(ctx.now, allowed, held) }
    })
    const told = changesOf({ patientId: hold.patientId, reason: hold.reason }, said, ['patientId', 'reason'])
    const event = { type: 'appointment', id, clinicId: hold.clinic.id, data: { ...told } } as const
    if (count) await record(tx, ctx, 'appointment.hold-changed', event)
    return count
  })
  if (changed === 0) throw refuse(null, 'booking:refusal.holdGone')
}

/** Lets go of a held time before it runs out by itself. */
export async function releaseHold(ctx: Ctx, id: string) {
  const hold = await holdFor(ctx, id)
  if (hold.status === 'EXPIRED') return
  await transaction(tx => changeStatus(tx, ctx, { id, to: 'EXPIRED', event: 'appointment.released' }))
}
