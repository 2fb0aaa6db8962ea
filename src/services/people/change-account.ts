import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { ownId } from './queries.ts'

/** Changes one's own name and phone. A patient has one name: as an account and as a person. */
export async function changeAccount(ctx: Ctx, { name, phone }: { name: string; phone?: string | undefined }) {
  const id = ownId(ctx)
  const after = { name, phone: phone ?? null }
  await transaction(async tx => {
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: { name: true, phone: true } })
    await tx.user.update({ where: { id }, data: after, select: { id: true } })
    await tx.patient.updateMany({ where: { accountId: id, relation: 'SELF' }, data: { name } })
    const told = changesOf(before, after, ['name', 'phone'])
    if (told) await record(tx, ctx, 'user.changed', { type: 'user', id, data: { ...told } })
  })
}
