import type { Ctx } from '../../context.ts'
import { NotFound, Refusal, refuse } from '../../errors.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dates } from '../../helpers/dates.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, onTheClock } from '../../scheduling/zone.ts'
import { changeStatus, lockStatus } from './change-status.ts'
import { claimSlot } from './claim-slot.ts'
import { endHolds, ownHolds } from './holds.ts'
import { type AppointmentRow, appointmentFor } from './queries.ts'
import { claiming } from './taken.ts'
import { afterMove } from './transitions.ts'

/**
 * Moves an appointment to another time of the same doctor, in one transaction: the old time is given up only when the
 * new one is secured. Reference and history stay; the account's holds are let go of. A patient may until the clinic's
 * notice, and the doctor confirms anew; the front desk may to times of its own clinics. Throws Refusal as `claiming`
 * does, when it is too late or over, and (409) when it is no longer where it was seen.
 */
export async function rescheduleAppointment(ctx: Ctx, id: string, wish: Wish) {
  const { timeslotId } = wish
  const { clinic, doctorId, patientId, ...seen } = await appointmentFor(ctx, id)
  whatBecomesOf(ctx, { ...seen, timeZone: clinic.timeZone }, clinic, wish)

  const holds = (await ownHolds(ctx)).map(({ id }) => id)
  await claiming(ctx, { timeslotId, patientId }, async tx => {
    await endHolds(tx, ctx, holds, 'appointment.released')
    const slot = await claimSlot(tx, ctx, { timeslotId, doctorId, appointmentId: id })
    const present = await lockStatus(tx, id)
    if (!present) throw new NotFound()
    const change = {
      id,
      to: whatBecomesOf(ctx, present, clinic, wish),
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
      said: { from: onTheClock(present.startsAt, present.timeZone), to: onTheClock(slot.startsAt, slot.timeZone) }
    }
    await changeStatus(tx, ctx, change, present)
  })
}

interface Wish {
  timeslotId: string
  /** When it was, to whoever asks for another time: an instant in ISO 8601. */
  present?: string
}

type Standing = NonNullable<Awaited<ReturnType<typeof lockStatus>>>

/** The status of an appointment that is moved from where it stands. Throws Refusal when it may not be. */
function whatBecomesOf(
  ctx: Ctx,
  { status, startsAt, timeZone, ...now }: Omit<Standing, 'clinicId'>,
  clinic: AppointmentRow['clinic'],
  { timeslotId, present }: Wish
) {
  if (ctx.actor.role === 'PATIENT' && isTooLateToChange(instantOf(startsAt), ctx.now, clinic))
    throw refuse(null, 'booking:refusal.tooLate', { phone: clinic.phone })
  const to = afterMoving(ctx, status)
  if (now.timeslotId === timeslotId) throw refuse('timeslotId', 'booking:refusal.sameTime')
  if (present && Date.parse(present) !== startsAt.valueOf()) throw movedMeanwhile(ctx, onTheClock(startsAt, timeZone))
  return to
}

function movedMeanwhile({ locale }: Ctx, iso: string) {
  const { day, time } = dates(locale)
  const params = { day: day(iso), time: time(iso) }
  return new Refusal([{ field: null, key: 'booking:refusal.moved', params }], { status: 409 })
}

/** How it stands then. A hold is booked, or let go of: to move it would book it without anybody having looked at it. */
function afterMoving({ actor }: Ctx, status: AppointmentStatus) {
  const to = afterMove(actor.role, status)
  if (!to) throw refuse(null, 'booking:refusal.notPossible', { status })
  return to
}
