import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { asNameTaken, refuseNameTaken } from './name-rules.ts'

/**
 * Adds a specialization, for doctors to have and symptoms to lead to. Returns its id. Throws a Refusal of a name that
 * is taken.
 */
export const addSpecialization = (ctx: Ctx, { name }: { name: string }) =>
  transaction(async tx => {
    refuseNameTaken(await tx.specialization.findUnique({ where: { name }, select: { deactivatedAt: true } }))
    return insertSpecialization(tx, ctx, name)
  })

/** The same within a transaction; the caller has seen that the name is free. */
export async function insertSpecialization(tx: Tx, ctx: Ctx, name: string) {
  const { id } = await tx.specialization.create({ data: { name }, select: { id: true } }).catch(error => {
    throw asNameTaken(error)
  })
  await record(tx, ctx, 'specialization.added', { type: 'specialization', id })
  return id
}
