import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { whyDeskCannotBook, whyNotBookable } from '../../scheduling/rules.ts'
import { instantOf } from '../../scheduling/zone.ts'
import { isOwnClinic } from '../clinics/own-clinic.ts'
import { freeRoom } from './free-room.ts'
import { NotOffered } from './taken.ts'

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
 * forbids it, which do not bind those who book for patients; what has begun is nobody's to take. What it checks is
 * courtesy: the database's constraints refuse what slips through.
 */
export async function claimSlot(tx: Tx, ctx: Ctx, claim: Claim): Promise<ClaimedSlot> {
  const slot = await lockedSlot(tx, claim)
  if (!slot || !isOwnClinic(ctx, slot.clinicId)) throw refuse('timeslotId', 'booking:refusal.noSuchTime')
  if (!slot.isOffered) throw new NotOffered()

  const start = instantOf(slot.startsAt)
  const isDesk = may(ctx.actor, 'appointments.book-for-patients')
  const reason = isDesk ? whyDeskCannotBook(start, ctx.now) : whyNotBookable(start, ctx.now, slot)
  if (reason) throw refuse('timeslotId', `booking:refusal.${reason}`, { count: slot.bookingWindowDays })

  return { ...slot, roomId: await freeRoom(tx, slot, claim.appointmentId) }
}

/** Nobody else takes or changes the slot before the transaction ends. Whoever locks more locks this first. */
export const lockSlot = (tx: Tx, id: string) => tx.$queryRaw`SELECT FROM time_slots WHERE id = ${id}::uuid FOR UPDATE`

/**
 * Locks a slot that somebody held and has paid for, and says which room to use. Throws NotOffered when it is nobody's to
 * book any more, or has begun.
 */
export async function claimPaidSlot(
  tx: Tx,
  ctx: Ctx,
  { timeslotId, appointmentId }: Required<Omit<Claim, 'doctorId'>>
) {
  const slot = await lockedSlot(tx, { timeslotId })
  if (!slot?.isOffered || whyDeskCannotBook(instantOf(slot.startsAt), ctx.now)) throw new NotOffered()
  return freeRoom(tx, slot, appointmentId)
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
