import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
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
  const others = await otherHolds(actorId, timeslotId)
  const { holdMinutes } = await settings()
  const holdExpiresAt = toDate(ctx.now.add({ minutes: holdMinutes }))

  return claiming(ctx, { timeslotId, patientId: patient.id, keepsOwnHold: true }, async tx => {
    await release(tx, ctx, others)
    const same = await tx.appointment.findFirst({
      where: { bookedById: actorId, timeslotId, status: 'HELD' },
      select: { id: true }
    })
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

/**
 * The account's holds on other slots. Asked before the transaction: one that reads all that an account ever booked
 * clashes with everyone.
 */
const otherHolds = (bookedById: string, timeslotId: string) =>
  db.appointment.findMany({
    where: { bookedById, status: 'HELD', timeslotId: { not: timeslotId } },
    select: { id: true }
  })

async function release(tx: Tx, ctx: Ctx, holds: { id: string }[]) {
  if (holds.length === 0) return
  const released = await tx.appointment.updateManyAndReturn({
    where: { id: { in: holds.map(({ id }) => id) }, status: 'HELD' },
    data: { status: 'EXPIRED' },
    select: { id: true, clinicId: true }
  })
  for (const { id, clinicId } of released)
    await record(tx, ctx, 'appointment.released', { type: 'appointment', id, appointmentId: id, clinicId })
}
