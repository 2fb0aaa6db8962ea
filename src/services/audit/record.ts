import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { tell } from '../notifications/tell.ts'
import type { EventName } from './events.ts'

/** What something can happen to. */
export const subjectTypes = [
  ...(['appointment', 'audit', 'clinic', 'doctor', 'invitation', 'message', 'note', 'patient', 'payment'] as const),
  ...(['prescription', 'room', 'session', 'settings', 'specialization', 'symptom', 'timeslot', 'user'] as const)
] as const

export interface Subject {
  type: (typeof subjectTypes)[number]
  id: string | null
  /** The clinic it concerns: what the front desk is told of, and may see, goes by it. */
  clinicId?: string
  /** What changed. Never names, e-mail addresses, reasons or anything about health. */
  data?: Prisma.InputJsonObject
}

/**
 * Writes that something happened, in the transaction in which it happens, and plans the messages that follow from it.
 * Named subject dot past tense. What is told of an appointment, in `data.appointmentId`, is found with that appointment
 * too. Whoever came by a link instead of signing in is said to have.
 */
export async function record(tx: Tx, ctx: Ctx, event: EventName, subject: Subject) {
  const { type, id, clinicId, data } = subject
  await tx.auditEvent.create({
    data: {
      at: toDate(ctx.now),
      event,
      actorId: ctx.actor.id,
      actorRole: ctx.actor.role,
      subjectType: type,
      subjectId: id,
      appointmentId: type === 'appointment' ? id : ((data?.appointmentId as string | undefined) ?? null),
      clinicId: clinicId ?? null,
      data: { ...data, ...(ctx.actor.link && { via: 'link' }) },
      requestId: ctx.requestId,
      address: ctx.address
    },
    select: { id: true }
  })
  await tell(tx, ctx, event, subject)
}
