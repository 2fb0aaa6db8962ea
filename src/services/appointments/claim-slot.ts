import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { whyNotBookable } from '../../scheduling/rules.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { Taken } from './taken.ts'

export interface Claim {
  timeslotId: string
  /** When given, the slot must be this doctor's. */
  doctorId?: string
  patientId: string
  /** The appointment that will take the slot, when it exists already: a hold, or a booking that moves. */
  appointmentId?: string
}

/** A slot nobody else can take before the transaction ends, and the room to use. */
export interface ClaimedSlot {
  id: string
  doctorId: string
  clinicId: string
  roomId: string | null
  startsAt: Date
  endsAt: Date
  feeMinor: number
  currency: string
  timeZone: string
}

type SlotRow = ClaimedSlot & {
  isOffered: boolean
  bookingWindowDays: number
  minimumNoticeMinutes: number
}

/**
 * Locks the slot, clears holds that ran out, and checks that it may be taken. Throws Taken when it is not on offer
 * any more, Refusal when the clinic's notice or window forbids it. What it checks is courtesy: the database's
 * constraints refuse what slips through.
 */
export async function claimSlot(tx: Tx, ctx: Ctx, claim: Claim): Promise<ClaimedSlot> {
  const slot = await lockedSlot(tx, claim)
  if (!slot) throw refuse('timeslotId', 'booking:refusal.noSuchTime')
  if (!slot.isOffered) throw new Taken()

  const reason = whyNotBookable(instantOf(slot.startsAt), ctx.now, slot)
  if (reason) throw refuse('timeslotId', `booking:refusal.${reason}`, { count: slot.bookingWindowDays })

  await clearExpiredHolds(tx, ctx, slot, claim)
  return { ...slot, roomId: await freeRoom(tx, slot, claim) }
}

async function lockedSlot(tx: Tx, { timeslotId, doctorId }: Claim) {
  const [slot] = await tx.$queryRaw<SlotRow[]>`
    SELECT s.id, s.doctor_id AS "doctorId", s.clinic_id AS "clinicId", s.room_id AS "roomId",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", d.fee_minor AS "feeMinor", c.currency,
      c.time_zone AS "timeZone", c.booking_window_days AS "bookingWindowDays",
      c.minimum_notice_minutes AS "minimumNoticeMinutes",
      s.is_available AND s.withdrawn_at IS NULL AND c.deactivated_at IS NULL AND d.deactivated_at IS NULL AS "isOffered"
    FROM time_slots s JOIN clinics c ON c.id = s.clinic_id JOIN doctors d ON d.id = s.doctor_id
    WHERE s.id = ${timeslotId}::uuid
    FOR UPDATE OF s`
  return slot && (!doctorId || slot.doctorId === doctorId) ? slot : null
}

/** Holds that ran out go when somebody wants the slot, the patient's time or the room; a job clears the rest. */
async function clearExpiredHolds(tx: Tx, ctx: Ctx, slot: SlotRow, { patientId, appointmentId }: Claim) {
  const expired = await tx.$queryRaw<{ id: string; clinicId: string }[]>`
    UPDATE appointments SET status = 'EXPIRED'
    WHERE status = 'HELD' AND hold_expires_at <= ${toDate(ctx.now)}
      AND (timeslot_id = ${slot.id}::uuid OR ((patient_id = ${patientId}::uuid OR clinic_id = ${slot.clinicId}::uuid)
        AND tstzrange(starts_at, ends_at) && tstzrange(${slot.startsAt}, ${slot.endsAt})))
      AND ${appointmentId ? Prisma.sql`id <> ${appointmentId}::uuid` : Prisma.sql`true`}
    RETURNING id, clinic_id AS "clinicId"`
  for (const { id, clinicId } of expired)
    await record(tx, ctx, 'appointment.expired', { type: 'appointment', id, appointmentId: id, clinicId })
}

/**
 * The slot's own room if it is free, else a free one that no other doctor has a slot in then, else any free one. Among
 * equals the lot decides: people who book at the same moment seldom draw the same room.
 */
async function freeRoom(tx: Tx, slot: SlotRow, { appointmentId }: Claim): Promise<string | null> {
  const time = Prisma.sql`tstzrange(${slot.startsAt}, ${slot.endsAt})`
  const [room] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r
    WHERE r.clinic_id = ${slot.clinicId}::uuid AND r.deactivated_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM appointments a
      WHERE a.room_id = r.id AND tstzrange(a.starts_at, a.ends_at) && ${time}
        AND a.status IN ('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')
        AND ${appointmentId ? Prisma.sql`a.id <> ${appointmentId}::uuid` : Prisma.sql`true`})
    ORDER BY (r.id = ${slot.roomId}::uuid) DESC NULLS LAST, EXISTS (
      SELECT 1 FROM time_slots s WHERE s.room_id = r.id AND s.withdrawn_at IS NULL
        AND tstzrange(s.starts_at, s.ends_at) && ${time}), random()
    LIMIT 1`
  return room?.id ?? null
}
