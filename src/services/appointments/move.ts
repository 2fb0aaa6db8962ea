import type { Ctx } from '../../context.ts'
import { NotFound, Refusal, refuse } from '../../errors.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dates } from '../../helpers/dates.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, onTheClock } from '../../scheduling/zone.ts'
import { checkStillPatient } from '../people/patient-to-book-for.ts'
import { changeStatus, lockStatus } from './change-status.ts'
import { claimSlot } from './claim-slot.ts'
import { endHolds, ownHolds } from './holds.ts'
import { type AppointmentRow, appointmentFor } from './queries.ts'
import { noticeOf } from './suspended.ts'
import { claiming } from './taken.ts'
import { afterMove } from './transitions.ts'

export interface Wish {
  timeslotId: string
  /** When and with whom it was, to whoever asks for another time: an instant in ISO 8601, and the doctor. */
  present?: string | undefined
  presentDoctorId?: string | undefined
}

/**
 * Moves an appointment to another time, of the same doctor or of another, in one transaction: the old time is given up
 * only when the new one is secured. Reference, fee and history stay; the account's holds are let go of. Throws Refusal
 * as `claiming` does, when it is too late or over, and (409) when it is no longer where it was seen.
 */
export async function moveAppointment(ctx: Ctx, id: string, wish: Wish, { toOtherDoctor }: { toOtherDoctor: boolean }) {
  const { timeslotId } = wish
  const { clinic, patientId, timeslot, ...seen } = await appointmentFor(ctx, id)
  const { doctorId } = seen
  const rules = { ...noticeOf({ clinic, timeslot }), phone: clinic.phone }
  whatBecomesOf(ctx, { ...seen, timeZone: clinic.timeZone }, rules, wish)

  const holds = (await ownHolds(ctx)).map(({ id }) => id)
  await claiming(ctx, { timeslotId, patientId }, async tx => {
    await checkStillPatient(tx, ctx, patientId)
    await endHolds(tx, ctx, holds, 'appointment.released')
    const slot = await claimSlot(tx, ctx, { timeslotId, appointmentId: id, ...(!toOtherDoctor && { doctorId }) })
    if (toOtherDoctor && slot.doctorId === doctorId) throw refuse('timeslotId', 'desk:reassign.sameDoctor')
    const present = await lockStatus(tx, id)
    if (!present) throw new NotFound()
    const change = {
      id,
      to: whatBecomesOf(ctx, present, rules, { presentDoctorId: doctorId, ...wish }),
      event: toOtherDoctor ? ('appointment.reassigned' as const) : ('appointment.moved' as const),
      data: {
        timeslotId,
        doctorId: slot.doctorId,
        clinicId: slot.clinicId,
        roomId: slot.roomId,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        checkedInAt: null,
        sequence: { increment: 1 }
      },
      said: {
        from: onTheClock(present.startsAt, present.timeZone),
        to: onTheClock(slot.startsAt, slot.timeZone),
        ...(toOtherDoctor && { fromDoctorId: present.doctorId, toDoctorId: slot.doctorId })
      }
    }
    await changeStatus(tx, ctx, change, present)
  })
}

type Standing = NonNullable<Awaited<ReturnType<typeof lockStatus>>>

/** The status of an appointment that is moved from where it stands. Throws Refusal when it may not be. */
function whatBecomesOf(
  ctx: Ctx,
  {
    status,
    startsAt,
    timeZone,
    ...now
  }: Pick<Standing, 'status' | 'startsAt' | 'timeZone' | 'doctorId' | 'timeslotId'>,
  clinic: Pick<AppointmentRow['clinic'], 'cancellationNoticeMinutes' | 'phone'>,
  { timeslotId, present, presentDoctorId }: Partial<Wish>
) {
  if (ctx.actor.role === 'PATIENT' && isTooLateToChange(instantOf(startsAt), ctx.now, clinic))
    throw refuse(null, 'booking:refusal.tooLate', { phone: clinic.phone })
  const to = afterMoving(ctx, status)
  if (now.timeslotId === timeslotId) throw refuse('timeslotId', 'booking:refusal.sameTime')
  const isElsewhere =
    (present && Date.parse(present) !== startsAt.valueOf()) || (presentDoctorId && presentDoctorId !== now.doctorId)
  if (isElsewhere) throw movedMeanwhile(ctx, onTheClock(startsAt, timeZone))
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
