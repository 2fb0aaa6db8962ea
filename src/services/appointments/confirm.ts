import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The doctor's word that the visit takes place as booked. Throws Refusal when it is past that. */
export const confirmAppointment = async (ctx: Ctx, id: string) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'confirmation', 'appointment.confirmed')
