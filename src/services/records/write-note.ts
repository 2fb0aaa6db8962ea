import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { ownId } from '../people/queries.ts'
import { writeUp } from './visit-to-write-up.ts'

interface NewNote {
  text: string
  share: boolean
}

/**
 * Adds a note to a visit; a correction is a further note. Sent twice, it is there once. Returns its id. Throws NotFound
 * of another doctor's visit, and a Refusal before the patient is there or when the visit did not take place.
 */
export const writeNote = (ctx: Ctx, appointmentId: string, { text, share }: NewNote) =>
  transaction(async tx => {
    const { clinicId } = await writeUp(tx, ctx, appointmentId)
    const there = await tx.visitNote.findFirst({ where: { appointmentId, text }, select: { id: true } })
    if (there) return there.id

    const now = toDate(ctx.now)
    const note = { appointmentId, text, authorId: ownId(ctx), createdAt: now, sharedAt: share ? now : null }
    const { id } = await tx.visitNote.create({ data: note, select: { id: true } })
    await record(tx, ctx, 'note.written', { type: 'note', id, clinicId, data: { appointmentId, shared: share } })
    return id
  })
