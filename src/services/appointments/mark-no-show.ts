import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { appointmentFor } from './queries.ts'
import { isTooEarly, takeStep } from './steps.ts'

/** The patient did not come. Throws Refusal before the start, and when the patient was here. */
export async function markNoShow(ctx: Ctx, id: string) {
  const appointment = await appointmentFor(ctx, id)
  if (isTooEarly('noShow', appointment, ctx.now)) throw refuse(null, 'doctor:refusal.notStarted')

  await takeStep(ctx, id, 'noShow', 'appointment.no-show')
}
