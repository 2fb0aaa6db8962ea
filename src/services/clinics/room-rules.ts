import { type Tx, violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'

/** Throws a Refusal when a clinic has another room of this name (not `id`), however it is written. */
export async function refuseRoomTaken(tx: Tx, clinicId: string, name: string, id?: string) {
  const other = await tx.room.findFirst({
    where: { clinicId, name: { equals: name, mode: 'insensitive' }, ...(id && { NOT: { id } }) },
    select: { deactivatedAt: true }
  })
  if (other) throw taken(other.deactivatedAt !== null)
}

/** What a write that came second gets to hear. */
export const asRoomTaken = (error: unknown) => (violates(error, 'rooms_clinic_id_name_key') ? taken(false) : error)

const taken = (isInactive: boolean) =>
  refuse('name', isInactive ? 'admin:errors.roomNameInactive' : 'admin:errors.roomNameTaken')
