import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { noteFor } from './queries.ts'

/** From now on the patient reads it, for good; shared twice is shared once. Throws NotFound of another doctor's note. */
export async function shareNote(ctx: Ctx, id: string) {
  const { appointmentId, clinicId } = await noteFor(ctx, id)

  await transaction(async tx => {
    const { count } = await tx.visitNote.updateMany({
      where: { id, sharedAt: null },
      data: { sharedAt: toDate(ctx.now) }
    })
    if (count) await record(tx, ctx, 'note.shared', { type: 'note', id, clinicId, data: { appointmentId } })
  })
}
