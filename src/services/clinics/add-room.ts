import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { record } from '../audit/record.ts'
import { clinicsOf } from './admin-queries.ts'
import { asRoomTaken, refuseRoomTaken } from './room-rules.ts'

/**
 * Adds a room to one of this person's clinics: from now on visits there can get it. Returns its id. Throws a Refusal of
 * a clinic that isn't theirs, and of a name the clinic has already.
 */
export const addRoom = (ctx: Ctx, { clinicId, name }: { clinicId: string; name: string }) =>
  transaction(async tx => {
    const clinic = await tx.clinic.findFirst({
      where: { AND: [{ id: clinicId }, clinicsOf(ctx)] },
      select: { id: true }
    })
    if (!clinic) throw refuse('clinicId', 'admin:errors.roomClinic')

    await refuseRoomTaken(tx, clinicId, name)
    const { id } = await tx.room.create({ data: { clinicId, name }, select: { id: true } }).catch(error => {
      throw asRoomTaken(error)
    })
    await record(tx, ctx, 'room.added', { type: 'room', id, clinicId })
    return id
  })
