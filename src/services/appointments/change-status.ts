import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { record } from '../audit/record.ts'
import { mayMove } from './transitions.ts'

interface Change {
  id: string
  to: AppointmentStatus
  event: string
  data?: Prisma.AppointmentUncheckedUpdateInput
  /** What else the history should say. */
  said?: Prisma.InputJsonObject
}

/** Moves an appointment along the table of transitions, as its state is now. Throws Refusal when there is no such move. */
export async function changeStatus(tx: Tx, ctx: Ctx, { id, to, event, data = {}, said = {} }: Change) {
  const [now] = await tx.$queryRaw<{ status: AppointmentStatus; clinicId: string }[]>`
    SELECT status, clinic_id AS "clinicId" FROM appointments WHERE id = ${id}::uuid FOR UPDATE`
  if (!now || !mayMove(ctx.actor.role, now.status, to))
    throw refuse(null, 'booking:refusal.notPossible', { status: now?.status })

  await tx.appointment.update({ where: { id }, data: { ...data, status: to }, select: { id: true } })
  await record(tx, ctx, event, { type: 'appointment', id, appointmentId: id, clinicId: now.clinicId, data: said })
}
