import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { appointmentFor } from './queries.ts'
import { isTooEarly, takeStep } from './steps.ts'

/** The patient is here and waits from now on. Throws Refusal before the day of the visit, and when it is over. */
export async function checkIn(ctx: Ctx, id: string) {
  const appointment = await appointmentFor(ctx, id)
  if (isTooEarly('arrival', appointment, ctx.now)) throw refuse(null, 'doctor:refusal.notToday')

  await takeStep(ctx, id, 'arrival', 'appointment.checked-in', { checkedInAt: toDate(ctx.now) })
}
