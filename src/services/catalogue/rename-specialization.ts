import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { asNameTaken, refuseNameTaken } from './name-rules.ts'
import { specializationFor } from './specialization-queries.ts'

/**
 * Gives a specialization another name, with all its doctors and symptoms. Throws NotFound, and a Refusal of a name that
 * is taken.
 */
export async function renameSpecialization(ctx: Ctx, id: string, { name }: { name: string }) {
  await specializationFor(ctx, id)
  await transaction(async tx => {
    const before = await tx.specialization.findUniqueOrThrow({ where: { id }, select: { name: true } })
    refuseNameTaken(
      await tx.specialization.findFirst({ where: { name, NOT: { id } }, select: { deactivatedAt: true } })
    )
    await tx.specialization.update({ where: { id }, data: { name }, select: { id: true } }).catch(error => {
      throw asNameTaken(error)
    })
    const told = changesOf(before, { name })
    if (told) await record(tx, ctx, 'specialization.changed', { type: 'specialization', id, data: told })
  })
}
