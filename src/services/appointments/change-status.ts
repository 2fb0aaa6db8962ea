import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { EventName } from '../audit/events.ts'
import { record } from '../audit/record.ts'
import { endPayment } from '../payments/end-payment.ts'
import { isCalledOff, live, mayMove } from './transitions.ts'

interface Change {
  id: string
  to: AppointmentStatus
  event: EventName
  data?: Prisma.AppointmentUncheckedUpdateInput
  /** When it is called off: keeps what was paid. */
  keepFee?: boolean
  /** What else the history should say. */
  said?: Prisma.InputJsonObject
}

interface Standing {
  status: AppointmentStatus
  doctorId: string
  clinicId: string
  timeslotId: string
  /** Whether its time was squeezed in for it. */
  isExtra: boolean
  startsAt: Date
  timeZone: string
}

/** How an appointment stands, and when and where; it stays so until the transaction ends. */
export async function lockStatus(tx: Tx, id: string) {
  const [now] = await tx.$queryRaw<Standing[]>`
    SELECT a.status, a.doctor_id AS "doctorId", a.clinic_id AS "clinicId", a.timeslot_id AS "timeslotId",
      s.is_extra AS "isExtra", a.starts_at AS "startsAt", c.time_zone AS "timeZone"
    FROM appointments a JOIN clinics c ON c.id = a.clinic_id JOIN time_slots s ON s.id = a.timeslot_id
    WHERE a.id = ${id}::uuid
    FOR UPDATE OF a`
  return now
}

/**
 * Moves an appointment along the table of transitions, as its state is `now`. An extra time that it leaves is withdrawn
 * with it, and never offered; why it was made is kept only as long as an appointment lies there that can lead to it.
 * What was paid goes back when it is called off, unless that is kept. The clinic that an appointment comes to is told as
 * well as the one that it leaves, and is the one that gets what is not paid yet. Throws Refusal when there is no such
 * move.
 */
export async function changeStatus(tx: Tx, ctx: Ctx, change: Change, now?: Awaited<ReturnType<typeof lockStatus>>) {
  const { id, to, event, data = {}, said = {}, keepFee = false } = change
  const present = now ?? (await lockStatus(tx, id))
  if (!present || !mayMove(ctx.actor.role, present.status, to))
    throw refuse(null, 'booking:refusal.notPossible', { status: present?.status })

  await tx.appointment.update({ where: { id }, data: { ...data, status: to }, select: { id: true } })
  const isGone = (data.timeslotId ?? present.timeslotId) !== present.timeslotId
  if (present.isExtra && (isGone || !live.some(each => each === to))) await withdraw(tx, ctx, present, isGone)
  const { clinicId } = present
  await record(tx, ctx, event, { type: 'appointment', id, clinicId, data: said })
  if (isCalledOff(to)) await endPayment(tx, ctx, { appointmentId: id, clinicId, cause: to, keepFee })
  if (typeof data.clinicId === 'string' && data.clinicId !== clinicId) {
    const here = { clinicId: data.clinicId, data: { ...said, fromClinicId: clinicId } }
    await record(tx, ctx, 'appointment.moved-here', { type: 'appointment', id, ...here })
    await tx.payment.updateMany({
      where: { appointmentId: id, paidAt: null },
      data: { clinicId: data.clinicId }
    })
  }
}

const withdraw = (tx: Tx, { now }: Ctx, { timeslotId: id }: Standing, isGone: boolean) =>
  tx.timeSlot.update({
    where: { id },
    data: { withdrawnAt: toDate(now), ...(isGone && { extraReason: '' }) },
    select: { id: true }
  })
