import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { may } from '../../permissions.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { dayOf, instantOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { paymentView, presentPayment } from '../payments/view.ts'
import { ownId } from '../people/queries.ts'
import { noticeOf, whySuspended } from './suspended.ts'
import { afterMove, mayMove, upcoming } from './transitions.ts'

/** What is read of an appointment wherever one is shown. */
export const appointmentFields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  feeMinor: true,
  currency: true,
  timeslotId: true,
  timeslot: { select: { suspendedBy: true, isExtra: true, extraReason: true } },
  holdExpiresAt: true,
  checkedInAt: true,
  cancellationReason: true,
  cancelledLate: true,
  sequence: true,
  createdAt: true,
  patientId: true,
  doctorId: true,
  roomId: true,
  patient: { select: { id: true, name: true, relation: true, dateOfBirth: true } },
  doctor: {
    select: {
      id: true,
      deactivatedAt: true,
      user: { select: { name: true } },
      specialization: { select: { name: true } }
    }
  },
  clinic: {
    select: {
      id: true,
      name: true,
      address: true,
      city: true,
      phone: true,
      timeZone: true,
      cancellationNoticeMinutes: true,
      deactivatedAt: true
    }
  },
  room: { select: { name: true } },
  payments: presentPayment
} satisfies Prisma.AppointmentSelect

export type AppointmentRow = Prisma.AppointmentGetPayload<{ select: typeof appointmentFields }>

/**
 * Which appointments exist for this person. The only way to one is through here. Who only chose a time is no patient of
 * the clinic yet: the team knows that a time is held, not for whom.
 */
export function visibleTo({ actor }: Ctx): Prisma.AppointmentWhereInput {
  if (actor.role === 'PATIENT' && actor.id) return { patient: { accountId: actor.id }, ...behind(actor) }
  const status = { notIn: ['HELD', 'EXPIRED'] } satisfies Prisma.AppointmentWhereInput['status']
  if (actor.role === 'DOCTOR' && actor.doctorId) return { doctorId: actor.doctorId, status }
  if (actor.role === 'STAFF') return { clinicId: { in: actor.clinicIds }, status }
  return actor.role === 'ADMIN' || actor.role === 'SYSTEM' ? {} : { id: { in: [] } }
}

/** Behind a mailed link there is one appointment of the account, if any. */
const behind = ({ link }: Actor) => link && { id: { in: link.visitId ? [link.visitId] : [] } }

/** What the clinics still expect. */
export const toCome = ({ now }: Ctx) =>
  ({ status: { in: [...upcoming] }, startsAt: { gt: toDate(now) } }) satisfies Prisma.AppointmentWhereInput

/** Whether there is such an appointment, or hold, for this person. */
export const hasAppointment = async (ctx: Ctx, id: string) =>
  (await db.appointment.count({ where: { AND: [{ id }, visibleTo(ctx)] } })) > 0

/** Throws NotFound for someone else's. */
export async function appointmentFor(ctx: Ctx, id: string): Promise<AppointmentRow> {
  const appointment = await db.appointment.findFirst({
    where: { AND: [{ id }, visibleTo(ctx)] },
    select: appointmentFields
  })
  if (!appointment) throw new NotFound()
  return appointment
}

export type AppointmentView = ReturnType<typeof view>

/** An appointment as its page and its JSON show it: times on the clinic's clock. */
export function view(ctx: Ctx, row: AppointmentRow) {
  const { timeZone, cancellationNoticeMinutes: _, deactivatedAt, ...clinic } = row.clinic
  const isBookable = !deactivatedAt && !row.doctor.deactivatedAt
  const whyNotCancel = whyFixed(ctx, row, row.status !== 'HELD' && mayMove(ctx.actor.role, row.status, 'CANCELLED'))
  const whyNotMove =
    whyFixed(ctx, row, afterMove(ctx.actor.role, row.status) !== null) ?? (isBookable ? null : 'UNAVAILABLE')
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    startsAt: onTheClock(row.startsAt, timeZone),
    endsAt: onTheClock(row.endsAt, timeZone),
    timeZone,
    minutes: (row.endsAt.valueOf() - row.startsAt.valueOf()) / 60_000,
    doctor: { id: row.doctor.id, name: row.doctor.user.name, specialization: row.doctor.specialization.name },
    clinic,
    room: row.room?.name ?? null,
    patient: {
      id: row.patient.id,
      name: row.patient.name,
      isSelf: row.patient.relation === 'SELF',
      dateOfBirth: row.patient.dateOfBirth && dayOf(row.patient.dateOfBirth)
    },
    reason: row.reason,
    fee: { amountMinor: row.feeMinor, currency: row.currency },
    payment: row.payments[0] ? paymentView(ctx, row.payments[0], { status: row.status, timeZone }) : null,
    timeslotId: row.timeslotId,
    extra: extraOf(ctx, row),
    holdExpiresAt: row.holdExpiresAt && onTheClock(row.holdExpiresAt, timeZone),
    checkedInAt: row.checkedInAt && onTheClock(row.checkedInAt, timeZone),
    cancellationReason: row.cancellationReason,
    canMove: whyNotMove === null,
    canReassign:
      may(ctx.actor, 'appointments.move') && afterMove(ctx.actor.role, row.status) !== null && !deactivatedAt,
    canCancel: whyNotCancel === null,
    whyNotMove,
    whyNotCancel,
    isBookable,
    needsNewTime: needsNewTime(ctx, row),
    changeableUntil: onTheClock(
      toDate(instantOf(row.startsAt).subtract({ minutes: noticeOf(row).cancellationNoticeMinutes })),
      timeZone
    )
  }
}

/** That somebody was squeezed in, and why: for the team alone. */
const extraOf = ({ actor }: Ctx, { timeslot: { isExtra, extraReason } }: AppointmentRow) =>
  isExtra && actor.role !== 'PATIENT' ? { reason: extraReason } : null

/** Whether the patient is to choose another time, or to ring: the clinic can't keep this one. */
const needsNewTime = ({ actor, now }: Ctx, row: AppointmentRow) =>
  actor.role === 'PATIENT' &&
  row.startsAt > toDate(now) &&
  afterMove('PATIENT', row.status) !== null &&
  whySuspended(row, now) !== null

/** Why an appointment stays as it is: it is over (or was never made), or it is too late for the patient to change it. */
function whyFixed({ actor, now }: Ctx, { startsAt, ...row }: AppointmentRow, isPossible: boolean) {
  if (!isPossible) return 'OVER'
  if (actor.role !== 'PATIENT') return null
  if (startsAt <= toDate(now)) return 'OVER'
  return isTooLateToChange(instantOf(startsAt), now, noticeOf(row)) ? 'LATE' : null
}

/** The appointments of everyone in the account: what is to come, soonest first, and the latest fifty that are over. */
export async function myAppointments(ctx: Ctx) {
  const now = toDate(ctx.now)
  const isUpcoming: Prisma.AppointmentWhereInput = { status: { in: [...upcoming] }, endsAt: { gt: now } }
  const [next, held, past] = await Promise.all([
    db.appointment.findMany({
      where: { AND: [visibleTo(ctx), isUpcoming] },
      select: appointmentFields,
      orderBy: { startsAt: 'asc' }
    }),
    db.appointment.findMany({
      where: { AND: [visibleTo(ctx), { status: 'HELD', holdExpiresAt: { gt: now } }] },
      select: appointmentFields
    }),
    db.appointment.findMany({
      where: { AND: [visibleTo(ctx), { NOT: isUpcoming }, { status: { notIn: ['HELD', 'EXPIRED'] } }] },
      select: appointmentFields,
      orderBy: { startsAt: 'desc' },
      take: 50
    })
  ])
  const shown = (rows: AppointmentRow[]) => rows.map(row => view(ctx, row))
  return { upcoming: shown(next), held: shown(held), past: shown(past) }
}

/** The account's own hold, running or just run out. Throws NotFound when it was booked, taken or let go. */
export async function holdFor(ctx: Ctx, id: string) {
  const hold = await appointmentFor(ctx, id)
  if (hold.status !== 'HELD' && hold.status !== 'EXPIRED') throw new NotFound()
  return hold
}

/** The hold of the account that is running, if it has one. */
export const runningHold = (ctx: Ctx) =>
  db.appointment.findFirst({
    where: { bookedById: ownId(ctx), status: 'HELD', holdExpiresAt: { gt: toDate(ctx.now) } },
    select: appointmentFields
  })

/** Whether a hold is not kept any more. It may still be booked, if nobody took the time since. */
export const isOver = ({ now }: Ctx, { status, holdExpiresAt }: AppointmentRow) =>
  status !== 'HELD' || holdExpiresAt === null || holdExpiresAt <= toDate(now)
