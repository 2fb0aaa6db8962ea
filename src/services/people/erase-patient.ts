import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { type ErasureReason, erasePeople } from './erase-person.ts'
import { lookUpPatient } from './look-at-patient.ts'
import { refuseExpected, visitsToCome } from './visits-to-come.ts'

/** A patient to be erased, as `userToErase` tells of an account. The look is written down. Throws NotFound. */
export async function patientToErase(ctx: Ctx, id: string) {
  if (!may(ctx.actor, 'patients.erase')) throw new NotFound()
  const { name, hasAccount } = await lookUpPatient(ctx, id)
  const why = hasAccount ? 'eraseAccount' : null
  return { person: { id, name, email: '' }, why, visits: await visitsToCome(db, ctx, { id }) }
}

/**
 * The same as `eraseUser` for a patient whom a front desk added, and who has no account. Throws NotFound to anyone who
 * may not, and a Refusal of somebody with an account, and while there are appointments to come.
 */
export const erasePatient = (ctx: Ctx, id: string, { reason }: { reason: ErasureReason }) =>
  transaction(async tx => {
    if (!may(ctx.actor, 'patients.erase')) throw new NotFound()
    const patient = await tx.patient.findUnique({ where: { id, archivedAt: null }, select: { accountId: true } })
    if (!patient) throw new NotFound()
    if (patient.accountId) throw refuse(null, 'admin:errors.eraseAccount')
    await refuseExpected(tx, ctx, { id })
    await erasePeople(tx, ctx, [id], reason)
  })
