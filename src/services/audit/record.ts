import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'

export interface Subject {
  type:
    | 'appointment'
    | 'audit'
    | 'clinic'
    | 'doctor'
    | 'invitation'
    | 'note'
    | 'patient'
    | 'prescription'
    | 'room'
    | 'session'
    | 'settings'
    | 'specialization'
    | 'symptom'
    | 'timeslot'
    | 'user'
  id: string | null
  clinicId?: string
  /** What changed. Never names, e-mail addresses, reasons or anything about health. */
  data?: Prisma.InputJsonObject
}

/** Writes that something happened, in the transaction in which it happens. Named subject dot past tense. */
export async function record(tx: Tx, ctx: Ctx, event: string, { type, id, clinicId, data }: Subject) {
  await tx.auditEvent.create({
    data: {
      at: toDate(ctx.now),
      event,
      actorId: ctx.actor.id,
      actorRole: ctx.actor.role,
      subjectType: type,
      subjectId: id,
      appointmentId: type === 'appointment' ? id : null,
      clinicId: clinicId ?? null,
      data: data ?? {},
      requestId: ctx.requestId,
      address: ctx.address
    },
    select: { id: true }
  })
}
