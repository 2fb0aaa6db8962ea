import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { dayAt } from '../../scheduling/zone.ts'

// Where the day begins first: nobody anywhere is told that today is still to come.
const FIRST_ZONE = 'Pacific/Kiritimati'

/** Throws a Refusal of a date of birth after today. */
export function refuseFuture({ now }: Ctx, dateOfBirth: string) {
  if (dateOfBirth > dayAt(now, FIRST_ZONE).toString()) throw refuse('dateOfBirth', 'errors:date.past')
}
