import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { ownId } from './queries.ts'

/** Changes one's own name and phone. A patient has one name: as an account and as a person. */
export async function changeAccount(ctx: Ctx, { name, phone }: { name: string; phone?: string | undefined }) {
  const id = ownId(ctx)
  await transaction(async tx => {
    await tx.user.update({ where: { id }, data: { name, phone: phone ?? null }, select: { id: true } })
    await tx.patient.updateMany({ where: { accountId: id, relation: 'SELF' }, data: { name } })
    await record(tx, ctx, 'user.changed', { type: 'user', id })
  })
}
