import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { Forbidden } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { patientToBookFor } from '../people/patient-to-book-for.ts'
import { settings } from '../settings/settings.ts'
import { claimSlot } from './claim-slot.ts'
import { newReference } from './reference.ts'
import { claiming } from './taken.ts'

export interface Choice {
  timeslotId: string
  patientId?: string
  reason?: string
}

/**
 * Keeps a chosen time for ten minutes while the details are filled in. An account holds one time: choosing another
 * lets go of the first, choosing the same again keeps it. Throws Refusal as `claiming` does.
 */
export async function holdTimeslot(ctx: Ctx, { timeslotId, patientId, reason }: Choice) {
  const { id: actorId } = ctx.actor
  if (!actorId) throw new Forbidden()
  const patient = await patientToBookFor(ctx, patientId, timeslotId)
  const { holdMinutes } = await settings()
  const holdExpiresAt = toDate(ctx.now.add({ minutes: holdMinutes }))

  return claiming(ctx, { timeslotId, patientId: patient.id, keepsOwnHold: true }, async tx => {
    const same = await releaseOthers(tx, ctx, actorId, timeslotId)
    const slot = await claimSlot(tx, ctx, { timeslotId, ...(same && { appointmentId: same.id }) })
    const held = { patientId: patient.id, roomId: slot.roomId, holdExpiresAt, ...(reason && { reason }) }
    if (same) return tx.appointment.update({ where: { id: same.id }, data: held, select: { id: true } })

    const { doctorId, clinicId, startsAt, endsAt, feeMinor, currency } = slot
    const appointment = await tx.appointment.create({
      data: {
        ...held,
        ...{ doctorId, clinicId, timeslotId, startsAt, endsAt, feeMinor, currency },
        reference: newReference(),
        status: 'HELD',
        bookedById: actorId
      },
      select: { id: true }
    })
    await record(tx, ctx, 'appointment.held', {
      type: 'appointment',
      id: appointment.id,
      appointmentId: appointment.id,
      clinicId
    })
    return appointment
  })
}

/** Lets go of the account's other holds and returns the one it has on this slot, if any. */
async function releaseOthers(tx: Tx, ctx: Ctx, bookedById: string, timeslotId: string) {
  const holds = await tx.appointment.findMany({
    where: { bookedById, status: 'HELD' },
    select: { id: true, timeslotId: true, clinicId: true }
  })
  for (const { id, clinicId } of holds.filter(hold => hold.timeslotId !== timeslotId)) {
    await tx.appointment.update({ where: { id }, data: { status: 'EXPIRED' }, select: { id: true } })
    await record(tx, ctx, 'appointment.released', { type: 'appointment', id, appointmentId: id, clinicId })
  }
  return holds.find(hold => hold.timeslotId === timeslotId)
}
