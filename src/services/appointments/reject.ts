import type { Ctx } from '../../context.ts'
import { toDate } from '../../scheduling/zone.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/**
 * Turns a booking down before it is confirmed: the time is free again at once, and the patient sees the reason. What
 * is turned down already keeps its first reason. Throws Refusal when it is confirmed, over, or has begun.
 */
export const rejectAppointment = async (ctx: Ctx, id: string, { reason }: { reason: string }) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'rejection', 'appointment.rejected', {
    cancelledAt: toDate(ctx.now),
    cancelledById: ctx.actor.id,
    cancellationReason: reason,
    sequence: { increment: 1 }
  })
