import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { refuseFuture } from '../people/date-of-birth.ts'
import { ownId } from '../people/queries.ts'
import { patientTreated } from './treating.ts'

interface NewEntry {
  text: string
  /** `YYYY-MM-DD` */
  since?: string | undefined
}

/**
 * Adds a line to a patient's medical history; sent twice, it is there once. Throws NotFound unless the
 * doctor treats the patient, and a Refusal of a day to come.
 */
export const addHistoryEntry = (ctx: Ctx, patientId: string, { text, since }: NewEntry) =>
  transaction(async tx => {
    await patientTreated(ctx, patientId, tx)
    if (since) refuseFuture(ctx, since, 'since')
    const entry = { patientId, text, since: since ? new Date(since) : null }
    const there = await tx.historyEntry.findFirst({ where: entry, select: { id: true } })
    if (there) return { entry: { id: there.id, text, since: since ?? null } }

    const data = { ...entry, recordedById: ownId(ctx), createdAt: toDate(ctx.now) }
    const { id } = await tx.historyEntry.create({ data, select: { id: true } })
    await record(tx, ctx, 'patient.history-added', { type: 'patient', id: patientId, data: { entryId: id } })
    return { entry: { id, text, since: since ?? null } }
  })
