import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound, Refusal } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { endHolds } from '../appointments/holds.ts'
import { live } from '../appointments/transitions.ts'

interface OwnSlot {
  id: string
  doctorId: string
  clinicId: string
  isAvailable: boolean
  workingHoursId: string | null
}

/** Which slots this person may change: one's own; at the front desk those of one's clinics; an admin all. */
export function slotsOpenTo({ actor }: Ctx): Prisma.TimeSlotWhereInput {
  if (actor.role === 'DOCTOR') return { doctorId: { in: actor.doctorId ? [actor.doctorId] : [] } }
  if (actor.role === 'STAFF') return { clinicId: { in: actor.clinicIds } }
  return actor.role === 'ADMIN' || actor.role === 'SYSTEM' ? {} : { id: { in: [] } }
}

/** The same as SQL over `s` (time_slots). */
export function isOpenTo({ actor }: Ctx) {
  if (actor.role === 'DOCTOR') return Prisma.sql`s.doctor_id = ${actor.doctorId}::uuid`
  if (actor.role === 'STAFF') return Prisma.sql`s.clinic_id = ANY(${actor.clinicIds}::uuid[])`
  return actor.role === 'ADMIN' ? Prisma.sql`true` : Prisma.sql`false`
}

/**
 * Locks a slot that this person may change: until the transaction ends nobody can book it. Throws NotFound for one that
 * isn't, and for one that was removed.
 */
export async function ownSlot(tx: Tx, ctx: Ctx, id: string): Promise<OwnSlot> {
  const [slot] = await tx.$queryRaw<OwnSlot[]>`
    SELECT id, doctor_id AS "doctorId", clinic_id AS "clinicId", is_available AS "isAvailable", working_hours_id AS "workingHoursId"
    FROM time_slots s
    WHERE id = ${id}::uuid AND ${isOpenTo(ctx)} AND withdrawn_at IS NULL
    FOR UPDATE`
  if (!slot) throw new NotFound()
  return slot
}

/** Throws Refusal (409) when a locked slot is booked or held. A hold that ran out is cleared first. */
export async function checkNobodyHas(tx: Tx, ctx: Ctx, { id: timeslotId }: OwnSlot) {
  const taken = await tx.appointment.findFirst({
    where: { timeslotId, status: { in: [...live] } },
    select: { id: true, status: true, holdExpiresAt: true }
  })
  if (!taken) return
  if (taken.status === 'HELD' && taken.holdExpiresAt && taken.holdExpiresAt <= toDate(ctx.now))
    return endHolds(tx, ctx, [taken.id], 'appointment.expired')

  const key = taken.status === 'HELD' ? 'team:refusal.slotHeld' : 'team:refusal.slotBooked'
  throw new Refusal([{ field: null, key }], { status: 409 })
}
