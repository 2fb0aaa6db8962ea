import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { patientTreated } from './treating.ts'
import { type Allergies, writeAllergies } from './write-allergies.ts'

/**
 * A doctor's correction. Throws NotFound unless the doctor treats the patient, and a Refusal when they changed
 * meanwhile.
 */
export const correctAllergies = (ctx: Ctx, patientId: string, correction: Allergies) =>
  transaction(async tx => {
    await patientTreated(ctx, patientId, tx)
    await writeAllergies(tx, ctx, patientId, correction)
    const { id, allergies } = await patientTreated(ctx, patientId, tx)
    return { patient: { id, allergies } }
  })
