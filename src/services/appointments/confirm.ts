import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The doctor's word that the visit takes place as booked. Throws Refusal when it is past that. */
export async function confirmAppointment(ctx: Ctx, id: string) {
  await appointmentFor(ctx, id)
  await takeStep(ctx, id, 'confirmation', 'appointment.confirmed')
}
