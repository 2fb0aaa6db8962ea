import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound, Refusal } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { endHolds } from '../appointments/holds.ts'
import { live } from '../appointments/transitions.ts'
import { ownDoctorId } from './doctor-clinics.ts'

interface OwnSlot {
  id: string
  clinicId: string
  isAvailable: boolean
  workingHoursId: string | null
}

/**
 * Locks one of the doctor's own slots: until the transaction ends nobody can book it. Throws NotFound for another
 * doctor's, and for one that was removed.
 */
export async function ownSlot(tx: Tx, ctx: Ctx, id: string): Promise<OwnSlot> {
  const [slot] = await tx.$queryRaw<OwnSlot[]>`
    SELECT id, clinic_id AS "clinicId", is_available AS "isAvailable", working_hours_id AS "workingHoursId"
    FROM time_slots
    WHERE id = ${id}::uuid AND doctor_id = ${ownDoctorId(ctx)}::uuid AND withdrawn_at IS NULL
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

  const key = taken.status === 'HELD' ? 'doctor:refusal.slotHeld' : 'doctor:refusal.slotBooked'
  throw new Refusal([{ field: null, key }], { status: 409 })
}
