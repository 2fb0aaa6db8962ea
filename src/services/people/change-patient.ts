import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import type { Dependent } from './add-patient.ts'
import { refuseFuture } from './date-of-birth.ts'
import { ownId, patientFor } from './queries.ts'

type Change = Pick<Dependent, 'name' | 'dateOfBirth'> & Partial<Pick<Dependent, 'relation'>>

/** Corrects what is known of a person the account looks after. Oneself stays oneself, and has one name everywhere. */
export async function changePatient(ctx: Ctx, id: string, { name, dateOfBirth, relation }: Change) {
  const patient = await patientFor(ctx, id)
  refuseFuture(ctx, dateOfBirth)
  const isSelf = patient.relation === 'SELF'

  await transaction(async tx => {
    const data = { name, dateOfBirth: new Date(dateOfBirth), ...(relation && !isSelf && { relation }) }
    await tx.patient.update({ where: { id }, data, select: { id: true } })
    if (isSelf) await tx.user.update({ where: { id: ownId(ctx) }, data: { name }, select: { id: true } })
    await record(tx, ctx, 'patient.changed', { type: 'patient', id })
  })
}
