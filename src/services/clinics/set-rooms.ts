import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'

/**
 * Gives a clinic the rooms of these names and no others. One that goes is deleted when nothing refers to it, else
 * kept out of use; one that comes back is put in use again. Says whether anything changed.
 */
export async function setRooms(tx: Tx, ctx: Ctx, clinicId: string, names: string[]) {
  const known = await tx.room.findMany({
    where: { clinicId },
    select: {
      id: true,
      name: true,
      deactivatedAt: true,
      _count: { select: { workingHours: true, timeslots: true, appointments: true } }
    }
  })
  const wanted = new Map(names.map(name => [name.toLowerCase(), name]))
  let changed = false

  for (const { id, name, deactivatedAt, _count } of known) {
    const spelled = wanted.get(name.toLowerCase())
    wanted.delete(name.toLowerCase())
    if (spelled !== undefined ? spelled === name && !deactivatedAt : deactivatedAt) continue

    changed = true
    const isUsed = _count.workingHours + _count.timeslots + _count.appointments > 0
    if (spelled !== undefined) await tx.room.update({ where: { id }, data: { name: spelled, deactivatedAt: null } })
    else if (isUsed) await tx.room.update({ where: { id }, data: { deactivatedAt: toDate(ctx.now) } })
    else await tx.room.delete({ where: { id } })
  }
  const added = await tx.room.createMany({ data: [...wanted.values()].map(name => ({ clinicId, name })) })
  return changed || added.count > 0
}
