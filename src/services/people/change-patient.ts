import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { record } from '../audit/record.ts'
import { type Allergies, writeAllergies } from '../records/write-allergies.ts'
import type { Dependent } from './add-patient.ts'
import { refuseFuture } from './date-of-birth.ts'
import { ownId, patientFor } from './queries.ts'

type Change = Pick<Dependent, 'name' | 'dateOfBirth'> & Partial<Pick<Dependent, 'relation'>> & Allergies

/**
 * Corrects what is known of a person the account looks after. Oneself stays oneself, and has one name everywhere. Throws
 * a Refusal of a birth to come, and of allergies that changed since the form was opened.
 */
export async function changePatient(ctx: Ctx, id: string, { name, dateOfBirth, relation, ...allergies }: Change) {
  const patient = await patientFor(ctx, id)
  refuseFuture(ctx, dateOfBirth)
  const isSelf = patient.relation === 'SELF'

  await transaction(async tx => {
    const data = { name, dateOfBirth: new Date(dateOfBirth), ...(relation && !isSelf && { relation }) }
    await tx.patient.update({ where: { id }, data, select: { id: true } })
    if (isSelf) await tx.user.update({ where: { id: ownId(ctx) }, data: { name }, select: { id: true } })
    await writeAllergies(tx, ctx, id, allergies)
    await record(tx, ctx, 'patient.changed', { type: 'patient', id })
  })
}
