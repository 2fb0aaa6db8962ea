import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { type ErasureReason, erasePeople } from './erase-person.ts'
import { visitsToCome } from './visits-to-come.ts'

/**
 * The same as `eraseUser` for a patient whom a front desk added, and who has no account. Throws NotFound to anyone who
 * doesn't run accounts, and a Refusal of somebody with an account, and while there are appointments to come.
 */
export const erasePatient = (ctx: Ctx, id: string, { reason }: { reason: ErasureReason }) =>
  transaction(async tx => {
    if (!may(ctx.actor, 'users.manage')) throw new NotFound()
    const patient = await tx.patient.findUnique({ where: { id }, select: { accountId: true } })
    if (!patient) throw new NotFound()
    if (patient.accountId) throw refuse(null, 'admin:errors.eraseAccount')
    const { length: count } = await visitsToCome(tx, ctx, { id })
    if (count) throw refuse(null, 'admin:errors.eraseVisits', { count })
    await erasePeople(tx, ctx, [id], reason)
  })
