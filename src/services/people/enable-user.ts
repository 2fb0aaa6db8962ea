import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { livingUserFor } from './admin-queries.ts'

/** Opens an account again. Throws NotFound, and a Refusal of one whose data was erased. */
export async function enableUser(ctx: Ctx, id: string) {
  await livingUserFor(ctx, id)
  await transaction(async tx => {
    const where = { id, disabledAt: { not: null } }
    const { count } = await tx.user.updateMany({ where, data: { disabledAt: null } })
    if (count) await record(tx, ctx, 'user.enabled', { type: 'user', id })
  })
}
