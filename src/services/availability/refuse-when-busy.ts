import { sqlState } from '../../database/transaction.ts'
import { Busy, refuse } from '../../errors.ts'

/** What stays when each try met somebody who booked just then. */
const clashes = new Set(['40001', '40P01', '23503', '23P01'])

/** Does `work`; throws a Refusal that says so when too many people book just now: what was typed is shown again. */
export async function refuseWhenBusy<T>(work: () => Promise<T>) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Busy || clashes.has(sqlState(error))) throw refuse(null, 'errors:busyNow')
    throw error
  }
}
