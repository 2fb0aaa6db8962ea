import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { dayAt } from '../../scheduling/zone.ts'

// Where the day begins first: nobody anywhere is told that today is still to come.
const FIRST_ZONE = 'Pacific/Kiritimati'

/** Throws a Refusal of a date, `YYYY-MM-DD`, after today. */
export function refuseFuture({ now }: Ctx, date: string, field = 'dateOfBirth') {
  if (date > dayAt(now, FIRST_ZONE).toString()) throw refuse(field, 'errors:date.past')
}
