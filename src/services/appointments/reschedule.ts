import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, onTheClock } from '../../scheduling/zone.ts'
import { changeStatus } from './change-status.ts'
import { claimSlot } from './claim-slot.ts'
import { endHolds, ownHolds } from './holds.ts'
import { appointmentFor } from './queries.ts'
import { claiming } from './taken.ts'

/**
 * Moves an appointment to another time of the same doctor, in one transaction: the old time is given up only when the
 * new one is secured. Reference and history stay; the account's holds are let go of. A patient may until the clinic's notice, and the doctor confirms
 * anew. Throws Refusal as `claiming` does, and when it is too late or over.
 */
export async function rescheduleAppointment(ctx: Ctx, id: string, { timeslotId }: { timeslotId: string }) {
  const appointment = await appointmentFor(ctx, id)
  const { status, startsAt, clinic, doctorId, patientId } = appointment
  const byPatient = ctx.actor.role === 'PATIENT'
  if (byPatient && isTooLateToChange(instantOf(startsAt), ctx.now, clinic))
    throw refuse(null, 'booking:refusal.tooLate', { phone: clinic.phone })
  // A hold is booked, or let go of: to move it would book it without anybody having looked at it.
  if (status === 'HELD') throw refuse(null, 'booking:refusal.notPossible', { status })
  if (appointment.timeslotId === timeslotId) throw refuse('timeslotId', 'booking:refusal.sameTime')

  const holds = (await ownHolds(ctx)).map(({ id }) => id)
  await claiming(ctx, { timeslotId, patientId }, async tx => {
    await endHolds(tx, ctx, holds, 'appointment.released')
    const slot = await claimSlot(tx, ctx, { timeslotId, doctorId, appointmentId: id })
    await changeStatus(tx, ctx, {
      id,
      to: byPatient || status === 'BOOKED' ? 'BOOKED' : 'CONFIRMED',
      event: 'appointment.moved',
      data: {
        timeslotId,
        clinicId: slot.clinicId,
        roomId: slot.roomId,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        sequence: { increment: 1 }
      },
      said: { from: onTheClock(startsAt, clinic.timeZone), to: onTheClock(slot.startsAt, slot.timeZone) }
    })
  })
}
