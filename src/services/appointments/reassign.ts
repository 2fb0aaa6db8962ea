import type { Ctx } from '../../context.ts'
import { Forbidden } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { moveAppointment, type Wish } from './move.ts'

/**
 * Gives an appointment to another doctor, at a time of theirs at a clinic of the person who asks. It costs what it cost.
 * Throws what moving throws, and a Refusal when the time is the same doctor's.
 */
export async function reassignAppointment(ctx: Ctx, id: string, wish: Wish) {
  if (!may(ctx.actor, 'appointments.move')) throw new Forbidden()
  await moveAppointment(ctx, id, wish, { toOtherDoctor: true })
}
