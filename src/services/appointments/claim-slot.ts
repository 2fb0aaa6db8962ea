import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { whyNotBookable } from '../../scheduling/rules.ts'
import { LONGEST_SLOT } from '../../scheduling/slots.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { NotOffered } from './taken.ts'
import { isLive } from './transitions.ts'

export interface Claim {
  timeslotId: string
  /** When given, the slot must be this doctor's. */
  doctorId?: string
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
 * Locks the slot and checks that it may be taken. Throws NotOffered, or Refusal when the clinic's notice or window
 * forbids it. What it checks is courtesy: the database's constraints refuse what slips through.
 */
export async function claimSlot(tx: Tx, ctx: Ctx, claim: Claim): Promise<ClaimedSlot> {
  const slot = await lockedSlot(tx, claim)
  if (!slot || !isOwnClinic(ctx, slot.clinicId)) throw refuse('timeslotId', 'booking:refusal.noSuchTime')
  if (!slot.isOffered) throw new NotOffered()

  const reason = whyNotBookable(instantOf(slot.startsAt), ctx.now, slot)
  if (reason) throw refuse('timeslotId', `booking:refusal.${reason}`, { count: slot.bookingWindowDays })

  return { ...slot, roomId: await freeRoom(tx, slot, claim) }
}

/** Looks at a slot that is held already. Throws NotOffered when it is no longer anybody's to book. */
export async function checkStillOffered(tx: Tx, timeslotId: string) {
  const slot = await lockedSlot(tx, { timeslotId })
  if (!slot?.isOffered) throw new NotOffered()
}

async function lockedSlot(tx: Tx, { timeslotId, doctorId }: Claim) {
  const [slot] = await tx.$queryRaw<SlotRow[]>`
    SELECT s.id, s.doctor_id AS "doctorId", s.clinic_id AS "clinicId", s.room_id AS "roomId",
      s.starts_at AS "startsAt", s.ends_at AS "endsAt", d.fee_minor AS "feeMinor", c.currency,
      c.time_zone AS "timeZone", c.booking_window_days AS "bookingWindowDays",
      c.minimum_notice_minutes AS "minimumNoticeMinutes",
      s.is_available AND s.withdrawn_at IS NULL AND s.suspended_by IS NULL AND NOT s.is_extra
        AND c.deactivated_at IS NULL AND d.deactivated_at IS NULL AS "isOffered"
    FROM time_slots s JOIN clinics c ON c.id = s.clinic_id JOIN doctors d ON d.id = s.doctor_id
    WHERE s.id = ${timeslotId}::uuid
    FOR UPDATE OF s`
  return slot && (!doctorId || slot.doctorId === doctorId) ? slot : null
}

/** The slot's own room if it is free, else another. Asking for the one alone clashes with few other bookings. */
async function freeRoom(tx: Tx, slot: SlotRow, claim: Claim): Promise<string | null> {
  const [own] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r WHERE r.id = ${slot.roomId}::uuid AND ${isFree(slot, claim)}`
  return own?.id ?? anotherRoom(tx, slot, claim)
}

/**
 * A free room that no other doctor has a slot in then, else any free one. Among equals the lot decides: people who
 * book at the same moment seldom draw the same. An index finds the slots around then.
 */
async function anotherRoom(tx: Tx, slot: SlotRow, claim: Claim) {
  const earliest = toDate(instantOf(slot.startsAt).subtract(LONGEST_SLOT))
  const [room] = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM rooms r WHERE r.clinic_id = ${slot.clinicId}::uuid AND ${isFree(slot, claim)}
    ORDER BY EXISTS (
      SELECT 1 FROM time_slots s WHERE s.room_id = r.id AND s.withdrawn_at IS NULL
        AND s.clinic_id = ${slot.clinicId}::uuid AND s.starts_at > ${earliest}
        AND s.starts_at < ${slot.endsAt} AND s.ends_at > ${slot.startsAt}), random()
    LIMIT 1`
  return room?.id ?? null
}

const isFree = ({ startsAt, endsAt }: SlotRow, { appointmentId }: Claim) => Prisma.sql`
  r.deactivated_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM appointments a
    WHERE a.room_id = r.id AND tstzrange(a.starts_at, a.ends_at) && tstzrange(${startsAt}, ${endsAt})
      AND ${isLive}
      AND ${appointmentId ? Prisma.sql`a.id <> ${appointmentId}::uuid` : Prisma.sql`true`})`
