import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { checkNobodyHas, ownSlot } from './own-slot.ts'

/**
 * Takes a time away for good. One that was published from working hours is kept, withdrawn, so that it isn't published
 * again, and so is one that an appointment ever referred to. Throws Refusal (409) when someone has booked or holds it.
 */
export const removeSlot = (ctx: Ctx, id: string) =>
  transaction(async tx => {
    const slot = await ownSlot(tx, ctx, id)
    await checkNobodyHas(tx, ctx, slot)

    const referred = await tx.appointment.findFirst({ where: { timeslotId: id }, select: { id: true } })
    if (referred || slot.workingHoursId)
      await tx.timeSlot.update({ where: { id }, data: { withdrawnAt: toDate(ctx.now) }, select: { id: true } })
    else await tx.timeSlot.delete({ where: { id }, select: { id: true } })
    await record(tx, ctx, 'timeslot.removed', { type: 'timeslot', id, clinicId: slot.clinicId })
  })
