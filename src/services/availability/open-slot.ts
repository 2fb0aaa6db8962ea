import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { ownSlot } from './own-slot.ts'

/** Offers a blocked time again. */
export const openSlot = (ctx: Ctx, id: string) =>
  transaction(async tx => {
    const { isAvailable, clinicId } = await ownSlot(tx, ctx, id)
    if (isAvailable) return

    await tx.timeSlot.update({ where: { id }, data: { isAvailable: true }, select: { id: true } })
    await record(tx, ctx, 'timeslot.opened', { type: 'timeslot', id, clinicId })
  })
