import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'

export interface SymptomDetails {
  name: string
  advice?: string | undefined
  isEmergency: boolean
  /** The specializations it leads to. */
  specializationIds: string[]
}

/**
 * The specializations a symptom is to lead to. Throws a Refusal of one that isn't in use, unless the symptom has it
 * already.
 */
export async function leadsTo(tx: Tx, { specializationIds }: SymptomDetails, symptomId?: string) {
  const found = await tx.specialization.findMany({
    where: {
      id: { in: specializationIds },
      OR: [{ deactivatedAt: null }, ...(symptomId ? [{ symptoms: { some: { symptomId } } }] : [])]
    },
    select: { id: true, name: true }
  })
  if (found.length < new Set(specializationIds).size)
    throw refuse('specializationIds', 'admin:errors.symptomSpecializations')
  return found
}
