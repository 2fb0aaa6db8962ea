import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { roomFor } from './room-queries.ts'
import { asRoomTaken, refuseRoomTaken } from './room-rules.ts'

/**
 * Gives a room another name; whatever refers to it goes with it. Throws NotFound, and a Refusal of a name the clinic
 * has already.
 */
export async function renameRoom(ctx: Ctx, id: string, { name }: { name: string }) {
  const { clinic } = await roomFor(ctx, id)
  await transaction(async tx => {
    const before = await tx.room.findUniqueOrThrow({ where: { id }, select: { name: true } })
    await refuseRoomTaken(tx, clinic.id, name, id)
    await tx.room.update({ where: { id }, data: { name }, select: { id: true } }).catch(error => {
      throw asRoomTaken(error)
    })
    const told = changesOf(before, { name })
    if (told) await record(tx, ctx, 'room.changed', { type: 'room', id, clinicId: clinic.id, data: told })
  })
}
