import type { Ctx } from '../../context.ts'
import { type Cancellation, cancelAppointment } from './cancel.ts'
import { appointmentFor } from './queries.ts'
import { notPossible } from './steps.ts'
import { mayMove } from './transitions.ts'

/** Cancels from the clinic's side; what is cancelled already stays so. Throws Refusal when the visit is over. */
export async function callOffAppointment(ctx: Ctx, id: string, cancellation: Cancellation & { reason: string }) {
  const { status } = await appointmentFor(ctx, id)
  if (status === 'CANCELLED') return

  if (!mayMove(ctx.actor.role, status, 'CANCELLED')) throw notPossible(status)
  await cancelAppointment(ctx, id, cancellation)
}
