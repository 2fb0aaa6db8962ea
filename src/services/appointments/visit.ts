import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { record } from '../audit/record.ts'
import { visitRecord } from '../records/queries.ts'
import { firstVisits } from './first-visits.ts'
import { appointmentFor, historyOf, view } from './queries.ts'
import { stepsFor } from './steps.ts'
import { whySuspended } from './suspended.ts'

/** An appointment as the doctor works with it: what happened and what can be done now. Throws NotFound. */
export async function visitFor(ctx: Ctx, id: string) {
  const row = await appointmentFor(ctx, id)
  const [history, isFirst, record] = await Promise.all([
    historyOf(ctx, row),
    firstVisits(row.doctorId, [row]),
    visitRecord(ctx, row)
  ])
  return {
    appointment: { ...view(ctx, row), isFirstVisit: isFirst(row), suspendedBy: whySuspended(row, ctx.now) },
    history,
    record,
    steps: stepsFor(ctx, row)
  }
}

/** The same for the doctor's eyes: it tells of the patient's record, so the look is written down as one at that is. */
export async function viewVisit(ctx: Ctx, id: string) {
  const visit = await visitFor(ctx, id)
  const look = { type: 'patient', id: visit.appointment.patient.id, data: { appointmentId: id } } as const
  if (visit.record.isTreating) await record(db, ctx, 'patient.viewed', look)
  return visit
}
