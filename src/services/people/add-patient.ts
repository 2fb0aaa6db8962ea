import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import type { Relation } from '../../generated/enums.ts'
import { record } from '../audit/record.ts'
import { refuseFuture } from './date-of-birth.ts'
import { ownId } from './queries.ts'

export interface Dependent {
  name: string
  /** `YYYY-MM-DD` */
  dateOfBirth: string
  relation: Exclude<Relation, 'SELF'>
  allergies?: string | undefined
}

/** Adds someone the account looks after. Returns the new patient's id. Throws a Refusal of a birth to come. */
export async function addPatient(ctx: Ctx, { name, dateOfBirth, relation, allergies }: Dependent) {
  const accountId = ownId(ctx)
  refuseFuture(ctx, dateOfBirth)

  return transaction(async tx => {
    const data = { accountId, name, relation, dateOfBirth: new Date(dateOfBirth), allergies: allergies || null }
    const { id } = await tx.patient.create({ data, select: { id: true } })
    await record(tx, ctx, 'patient.added', { type: 'patient', id, data: { relation } })
    return id
  })
}
