import { violates } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'

/** Throws a Refusal when there is another of this name; one that is deactivated is said to be. */
export function refuseNameTaken(other: { deactivatedAt: Date | null } | null) {
  if (other) throw refuse('name', other.deactivatedAt ? 'admin:errors.nameInactive' : 'admin:errors.nameTaken')
}

/** What a write that came second gets to hear. */
export const asNameTaken = (error: unknown) =>
  violates(error, 'specializations_name_key') || violates(error, 'symptoms_name_key')
    ? refuse('name', 'admin:errors.nameTaken')
    : error
