import type { Ctx } from '../../context.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** Takes a mistaken check-in back: the visit is confirmed, and nobody waits. Throws Refusal when it is past that. */
export const undoCheckIn = async (ctx: Ctx, id: string) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'arrivalRemoval', 'appointment.check-in-undone', { checkedInAt: null })
