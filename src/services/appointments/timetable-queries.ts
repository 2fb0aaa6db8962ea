import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'
import { boundsOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { presentPayments } from '../payments/present.ts'
import type { PaymentView } from '../payments/view.ts'
import { stepsFor } from './steps.ts'
import { whySuspended } from './suspended.ts'
import { afterMove, isLive, mayMove } from './transitions.ts'

interface Place {
  id: string
  timeZone: string
}

interface Row {
  id: string
  startsAt: Date
  endsAt: Date
  isAvailable: boolean
  isExtra: boolean
  suspendedBy: Suspension | null
  doctorId: string
  doctor: string
  specialization: string
  clinicId: string
  clinic: string
  timeZone: string
  room: string | null
  isDoctorActive: boolean
  isClinicOpen: boolean
  appointmentId: string | null
  reference: string
  status: AppointmentStatus
  heldUntil: Date | null
  patientId: string
  patient: string
  phone: string | null
}

/**
 * Every time of some days at some clinics, each clinic's days by its own clock, in order; of one doctor when one is
 * named. With who has it, or had it and did not come. What was withdrawn is left out, unless somebody had it.
 */
export async function timetableSlots(ctx: Ctx, clinics: Place[], [from, to]: Days, doctorId?: string) {
  if (clinics.length === 0) return []
  const days = clinics.map(({ id, timeZone }) => {
    const [start, end] = [boundsOf(from, timeZone)[0], boundsOf(to, timeZone)[1]]
    return Prisma.sql`(s.clinic_id = ${id}::uuid AND s.starts_at >= ${toDate(start)} AND s.starts_at < ${toDate(end)})`
  })
  const rows = await db.$queryRaw<Row[]>`
    SELECT s.id, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.is_available AS "isAvailable",
      s.is_extra AS "isExtra", s.suspended_by::text AS "suspendedBy",
      d.id AS "doctorId", du.name AS doctor, sp.name AS specialization, c.id AS "clinicId", c.name AS clinic,
      c.time_zone AS "timeZone", r.name AS room, d.deactivated_at IS NULL AS "isDoctorActive", c.deactivated_at IS NULL AS "isClinicOpen",
      a.id AS "appointmentId", a.reference, a.status::text, a.hold_expires_at AS "heldUntil",
      p.id AS "patientId", p.name AS patient, COALESCE(p.phone, pu.phone) AS phone
    FROM time_slots s
    JOIN clinics c ON c.id = s.clinic_id
    JOIN doctors d ON d.id = s.doctor_id
    JOIN users du ON du.id = d.user_id
    JOIN specializations sp ON sp.id = d.specialization_id
    LEFT JOIN LATERAL (
      SELECT a.* FROM appointments a WHERE a.timeslot_id = s.id AND (${isLive} OR a.status = 'NO_SHOW')
      ORDER BY a.status = 'NO_SHOW', a.created_at DESC LIMIT 1) a ON true
    LEFT JOIN patients p ON p.id = a.patient_id
    LEFT JOIN users pu ON pu.id = p.account_id
    LEFT JOIN rooms r ON r.id = CASE WHEN a.id IS NULL THEN s.room_id ELSE a.room_id END
    WHERE (${Prisma.join(days, ' OR ')}) AND ${doctorId ? Prisma.sql`s.doctor_id = ${doctorId}::uuid` : Prisma.sql`true`}
      AND (s.withdrawn_at IS NULL OR a.status <> 'HELD')
    ORDER BY s.starts_at, s.ends_at, s.id`
  const visits = rows.flatMap(({ appointmentId: id, ...row }) => (id ? [{ ...row, id }] : []))
  const payments = await presentPayments(ctx, visits)
  return rows.map(row => shown(ctx, row, payments))
}

type Days = [from: Temporal.PlainDate, to: Temporal.PlainDate]

export type TimetableSlot = ReturnType<typeof shown>

function shown(ctx: Ctx, row: Row, payments: Map<string, PaymentView>) {
  const { id, startsAt, endsAt, timeZone, isExtra, room } = row
  const state = stateOf(ctx, row)
  return {
    id,
    startsAt: onTheClock(startsAt, timeZone),
    endsAt: onTheClock(endsAt, timeZone),
    timeZone,
    minutes: (endsAt.valueOf() - startsAt.valueOf()) / 60_000,
    state,
    isExtra,
    hasBegun: startsAt <= toDate(ctx.now),
    /** Whoever has it may be at the door: it begins within the hour, or has begun. */
    isNear: startsAt <= toDate(ctx.now.add({ hours: 1 })),
    suspendedBy: row.suspendedBy,
    heldUntil: state === 'HELD' && row.heldUntil ? onTheClock(row.heldUntil, timeZone) : null,
    room,
    doctor: { id: row.doctorId, name: row.doctor, specialization: row.specialization },
    clinic: { id: row.clinicId, name: row.clinic },
    visit: state === 'BOOKED' && row.appointmentId ? visitOf(ctx, row, row.appointmentId, payments) : null
  }
}

function visitOf(ctx: Ctx, row: Row, id: string, payments: Map<string, PaymentView>) {
  const { status, startsAt, timeZone, suspendedBy, reference, patientId, patient: name, phone } = row
  const isMovable = row.isClinicOpen && afterMove(ctx.actor.role, status) !== null
  const visit = { status, startsAt, clinic: { timeZone }, timeslot: { suspendedBy } }
  return {
    id,
    reference,
    status,
    patient: { id: patientId, name, phone },
    suspendedBy: whySuspended(visit, ctx.now),
    steps: stepsFor(ctx, visit),
    payment: payments.get(id) ?? null,
    canMove: isMovable && row.isDoctorActive,
    canReassign: isMovable,
    canCancel: mayMove(ctx.actor.role, status, 'CANCELLED')
  }
}

function stateOf({ now }: Ctx, { appointmentId, status, heldUntil, ...slot }: Row) {
  if (appointmentId && status !== 'HELD') return 'BOOKED'
  if (appointmentId && heldUntil && heldUntil > toDate(now)) return 'HELD'
  if (slot.suspendedBy) return 'SUSPENDED'
  if (!slot.isAvailable) return 'BLOCKED'
  return slot.startsAt <= toDate(now) ? 'PAST' : 'FREE'
}
