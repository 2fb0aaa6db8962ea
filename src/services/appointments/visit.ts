import type { Ctx } from '../../context.ts'
import { firstVisits } from './first-visits.ts'
import { appointmentFor, historyOf, view } from './queries.ts'
import { stepsFor } from './steps.ts'

/** An appointment as the doctor works with it: what happened and what can be done now. Throws NotFound. */
export async function visitFor(ctx: Ctx, id: string) {
  const row = await appointmentFor(ctx, id)
  const [history, isFirst] = await Promise.all([historyOf(ctx, row), firstVisits(row.doctorId, [row])])
  return {
    appointment: { ...view(ctx, row), isFirstVisit: isFirst(row) },
    history,
    steps: stepsFor(ctx, row)
  }
}
