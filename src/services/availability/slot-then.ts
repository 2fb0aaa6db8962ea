import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'
import type { Interval } from '../../scheduling/intervals.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { asReference } from '../appointments/reference.ts'
import { isLive, live } from '../appointments/transitions.ts'

/** What stands in a doctor's calendar at an instant, and how. */
export interface SlotThen extends Interval {
  id: string
  clinicId: string
  isAvailable: boolean
  suspendedBy: Suspension | null
  /** Published once, and taken away by hand. */
  isRemoved: boolean
  takenAs: AppointmentStatus | null
  heldUntil: Temporal.Instant | null
  timeZone: string
  bookingWindowDays: number
  minimumNoticeMinutes: number
}

type Row = Omit<SlotThen, 'startsAt' | 'endsAt' | 'heldUntil'> & {
  startsAt: Date
  endsAt: Date
  heldUntil: Date | null
}

/** The slot of a doctor, at any clinic, that an instant lies in: else one that was taken away by hand, else null. */
export async function slotThen(doctorId: string, at: Temporal.Instant): Promise<SlotThen | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT s.id, s.clinic_id AS "clinicId", s.starts_at AS "startsAt", s.ends_at AS "endsAt",
      s.is_available AS "isAvailable", s.suspended_by AS "suspendedBy", s.withdrawn_at IS NOT NULL AS "isRemoved",
      a.status AS "takenAs", a.hold_expires_at AS "heldUntil", c.time_zone AS "timeZone",
      c.booking_window_days AS "bookingWindowDays", c.minimum_notice_minutes AS "minimumNoticeMinutes"
    FROM time_slots s JOIN clinics c ON c.id = s.clinic_id
      LEFT JOIN appointments a ON a.timeslot_id = s.id AND ${isLive}
    WHERE s.doctor_id = ${doctorId}::uuid AND tstzrange(s.starts_at, s.ends_at) @> ${toDate(at)}::timestamptz
      AND NOT s.is_extra AND (s.withdrawn_at IS NULL OR s.working_hours_id IS NOT NULL)
    ORDER BY s.withdrawn_at NULLS FIRST LIMIT 1`
  if (!row) return null
  const { startsAt, endsAt, heldUntil, ...slot } = row
  return {
    ...slot,
    startsAt: instantOf(startsAt),
    endsAt: instantOf(endsAt),
    heldUntil: heldUntil && instantOf(heldUntil)
  }
}

/**
 * Whether the patient of an appointment of this reference is with somebody else during a slot. Throws Refusal when the
 * person who asks knows no such appointment.
 */
export async function patientIsBusy(ctx: Ctx, reference: string, { startsAt, endsAt }: Interval) {
  const known = await db.appointment.findFirst({
    where: { AND: [visibleTo(ctx), { reference: asReference(reference) ?? reference.toUpperCase() }] },
    select: { patientId: true }
  })
  if (!known) throw refuse('reference', 'admin:errors.noSuchReference')

  const meanwhile = { startsAt: { lt: toDate(endsAt) }, endsAt: { gt: toDate(startsAt) } }
  const other = { patientId: known.patientId, status: { in: [...live] }, ...meanwhile }
  return (await db.appointment.count({ where: other })) > 0
}

/** Whether the clinic has a room left during a slot. One without rooms needs none. */
export async function anyRoomIsFree({ clinicId, startsAt, endsAt }: Interval & { clinicId: string }) {
  const rooms = await db.room.findMany({
    where: { clinicId, deactivatedAt: null },
    select: {
      _count: {
        select: {
          appointments: {
            where: { status: { in: [...live] }, startsAt: { lt: toDate(endsAt) }, endsAt: { gt: toDate(startsAt) } }
          }
        }
      }
    }
  })
  return rooms.length === 0 || rooms.some(({ _count }) => _count.appointments === 0)
}
