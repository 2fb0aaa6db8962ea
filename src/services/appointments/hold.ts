import type { Ctx } from '../../context.ts'
import { Forbidden } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { checkStillPatient, patientToHoldFor } from '../people/patient-to-book-for.ts'
import { settings } from '../settings/settings.ts'
import { claimSlot } from './claim-slot.ts'
import { endHolds, ownHolds } from './holds.ts'
import { checkOpenAppointments, holdEnd } from './limits.ts'
import { newReference } from './reference.ts'
import { claiming } from './taken.ts'

export interface Choice {
  timeslotId: string
  patientId?: string
  reason?: string
}

/**
 * Keeps a chosen time for ten minutes while the details are filled in. An account holds one time: choosing another
 * lets go of the first, choosing the same again keeps it, up to thirty minutes in all. Throws Refusal as `claiming`
 * does, and when the patient has as many appointments to come as the settings allow.
 */
export async function holdTimeslot(ctx: Ctx, { timeslotId, patientId, reason }: Choice) {
  const { id: actorId } = ctx.actor
  if (!actorId) throw new Forbidden()
  const patient = await patientToHoldFor(ctx, { timeslotId, ...(patientId && { patientId }) })
  const others = (await ownHolds(ctx)).filter(hold => hold.timeslotId !== timeslotId).map(({ id }) => id)
  const allowed = await settings()

  return claiming(ctx, { timeslotId, patientId: patient.id }, async tx => {
    await checkStillPatient(tx, ctx, patient.id)
    await endHolds(tx, ctx, others, 'appointment.released')
    const same = await tx.appointment.findFirst({
      where: { bookedById: actorId, timeslotId, status: 'HELD' },
      select: { id: true, createdAt: true, holdExpiresAt: true }
    })
    const slot = await claimSlot(tx, ctx, { timeslotId, ...(same && { appointmentId: same.id }) })
    await checkOpenAppointments(tx, ctx, patient.id, allowed)
    const holdExpiresAt = holdEnd(ctx.now, allowed, same)
    const held = { patientId: patient.id, roomId: slot.roomId, holdExpiresAt, ...(reason && { reason }) }
    if (same) return tx.appointment.update({ where: { id: same.id }, data: held, select: { id: true } })

    const { doctorId, clinicId, startsAt, endsAt, feeMinor, currency } = slot
    const appointment = await tx.appointment.create({
      data: {
        ...held,
        ...{ doctorId, clinicId, timeslotId, startsAt, endsAt, feeMinor, currency },
        reference: newReference(),
        status: 'HELD',
        bookedById: actorId,
        createdAt: toDate(ctx.now)
      },
      select: { id: true }
    })
    await record(tx, ctx, 'appointment.held', { type: 'appointment', id: appointment.id, clinicId })
    return appointment
  })
}
