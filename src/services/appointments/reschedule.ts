import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, onTheClock } from '../../scheduling/zone.ts'
import { changeStatus, lockStatus } from './change-status.ts'
import { claimSlot } from './claim-slot.ts'
import { endHolds, ownHolds } from './holds.ts'
import { appointmentFor } from './queries.ts'
import { claiming } from './taken.ts'
import { afterMove } from './transitions.ts'

/**
 * Moves an appointment to another time of the same doctor, in one transaction: the old time is given up only when the
 * new one is secured. Reference and history stay; the account's holds are let go of. A patient may until the clinic's
 * notice, and the doctor confirms anew; the front desk may to times of its own clinics. Throws Refusal as `claiming`
 * does, and when it is too late or over.
 */
export async function rescheduleAppointment(ctx: Ctx, id: string, { timeslotId }: { timeslotId: string }) {
  const appointment = await appointmentFor(ctx, id)
  const { status, startsAt, clinic, doctorId, patientId } = appointment
  const byPatient = ctx.actor.role === 'PATIENT'
  if (byPatient && isTooLateToChange(instantOf(startsAt), ctx.now, clinic))
    throw refuse(null, 'booking:refusal.tooLate', { phone: clinic.phone })
  afterMoving(ctx, status)
  if (appointment.timeslotId === timeslotId) throw refuse('timeslotId', 'booking:refusal.sameTime')

  const holds = (await ownHolds(ctx)).map(({ id }) => id)
  await claiming(ctx, { timeslotId, patientId }, async tx => {
    await endHolds(tx, ctx, holds, 'appointment.released')
    const slot = await claimSlot(tx, ctx, { timeslotId, doctorId, appointmentId: id })
    const present = await lockStatus(tx, id)
    const change = {
      id,
      to: afterMoving(ctx, present?.status),
      event: 'appointment.moved',
      data: {
        timeslotId,
        clinicId: slot.clinicId,
        roomId: slot.roomId,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        checkedInAt: null,
        sequence: { increment: 1 }
      },
      said: { from: onTheClock(startsAt, clinic.timeZone), to: onTheClock(slot.startsAt, slot.timeZone) }
    }
    await changeStatus(tx, ctx, change, present)
  })
}

/** How it stands then. A hold is booked, or let go of: to move it would book it without anybody having looked at it. */
function afterMoving({ actor }: Ctx, status: AppointmentStatus | undefined) {
  const to = status && afterMove(actor.role, status)
  if (!to) throw refuse(null, 'booking:refusal.notPossible', { status })
  return to
}
