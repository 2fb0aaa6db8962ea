import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The visit took place. Throws Refusal when the patient has not been checked in. */
export const completeAppointment = async (ctx: Ctx, id: string) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'completion', 'appointment.completed')
