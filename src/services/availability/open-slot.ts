import type { Ctx } from '../../context.ts'
import { record } from '../audit/record.ts'
import { ownSlot } from './own-slot.ts'
import { publishDoctor, publishing } from './publish.ts'

/** Offers a blocked time again; where the hours have changed meanwhile, the times that they make now. */
export const openSlot = (ctx: Ctx, id: string) =>
  publishing(async tx => {
    const { isAvailable, clinicId, doctorId } = await ownSlot(tx, ctx, id)
    if (isAvailable) return

    await tx.timeSlot.update({ where: { id }, data: { isAvailable: true }, select: { id: true } })
    await record(tx, ctx, 'timeslot.opened', { type: 'timeslot', id, clinicId })
    await publishDoctor(tx, ctx, doctorId)
  })
