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

interface Standing {
  status: AppointmentStatus
  clinicId: string
  timeslotId: string
  startsAt: Date
  timeZone: string
}

/** How an appointment stands, and when and where; it stays so until the transaction ends. */
export async function lockStatus(tx: Tx, id: string) {
  const [now] = await tx.$queryRaw<Standing[]>`
    SELECT a.status, a.clinic_id AS "clinicId", a.timeslot_id AS "timeslotId", a.starts_at AS "startsAt",
      c.time_zone AS "timeZone"
    FROM appointments a JOIN clinics c ON c.id = a.clinic_id
    WHERE a.id = ${id}::uuid
    FOR UPDATE OF a`
  return now
}

/** Moves an appointment along the table of transitions, as its state is `now`. Throws Refusal when there is no such move. */
export async function changeStatus(tx: Tx, ctx: Ctx, change: Change, now?: Awaited<ReturnType<typeof lockStatus>>) {
  const { id, to, event, data = {}, said = {} } = change
  const present = now ?? (await lockStatus(tx, id))
  if (!present || !mayMove(ctx.actor.role, present.status, to))
    throw refuse(null, 'booking:refusal.notPossible', { status: present?.status })

  await tx.appointment.update({ where: { id }, data: { ...data, status: to }, select: { id: true } })
  await record(tx, ctx, event, { type: 'appointment', id, clinicId: present.clinicId, data: said })
}
