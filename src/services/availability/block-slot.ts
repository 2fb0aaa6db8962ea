import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { checkNobodyHas, ownSlot } from './own-slot.ts'

/** Takes a time off offer until it is opened again. Throws Refusal (409) when someone has booked or holds it. */
export const blockSlot = (ctx: Ctx, id: string) =>
  transaction(async tx => {
    const slot = await ownSlot(tx, ctx, id)
    if (!slot.isAvailable) return

    await checkNobodyHas(tx, ctx, slot)
    await tx.timeSlot.update({ where: { id }, data: { isAvailable: false }, select: { id: true } })
    await record(tx, ctx, 'timeslot.blocked', { type: 'timeslot', id, clinicId: slot.clinicId })
  })
