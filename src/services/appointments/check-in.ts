import type { Ctx } from '../../context.ts'
import { toDate } from '../../scheduling/zone.ts'
import { appointmentFor } from './queries.ts'
import { takeStep } from './steps.ts'

/** The patient is here and waits from now on. Throws Refusal before the day of the visit, and when it is over. */
export const checkIn = async (ctx: Ctx, id: string) =>
  takeStep(ctx, await appointmentFor(ctx, id), 'arrival', 'appointment.checked-in', { checkedInAt: toDate(ctx.now) })
