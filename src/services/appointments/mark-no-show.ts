import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The patient did not come. Throws Refusal before the start, and when the patient was here. */
export const markNoShow = async (ctx: Ctx, id: string) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'noShow', 'appointment.no-show')
