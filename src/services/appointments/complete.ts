import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The visit took place. Throws Refusal when the patient has not been checked in. */
export async function completeAppointment(ctx: Ctx, id: string) {
  await appointmentFor(ctx, id)
  await takeStep(ctx, id, 'completion', 'appointment.completed')
}
