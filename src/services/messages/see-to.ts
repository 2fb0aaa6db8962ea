import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import type { NotificationChannel } from '../../generated/enums.ts'
import { toDate } from '../../scheduling/zone.ts'
import { kindsToldWith } from './topic.ts'

interface Failed {
  id: string
  kind: string
  channel: NotificationChannel
  recipientId: string | null
  patientId: string | null
  appointmentId: string | null
  createdAt: Date
}

/**
 * Marks what failed as made up for by somebody who told them how it stands: this message, and all that one call settles
 * for the same person and visit.
 */
export const seenToByCall = (tx: Tx, ctx: Ctx, failed: Failed) =>
  seeTo(tx, ctx, failed, { kind: { in: kindsToldWith(failed.kind) } })

/**
 * Marks what failed as made up for by sending it again: this message, and earlier ones that said the same the same way.
 * What failed another way has still to be sent again.
 */
export function seenToByCopy(tx: Tx, ctx: Ctx, failed: Failed) {
  const { kind, channel, createdAt } = failed
  return seeTo(tx, ctx, failed, { kind, channel, createdAt: { lte: createdAt } })
}

async function seeTo(tx: Tx, { actor, now }: Ctx, failed: Failed, which: Prisma.NotificationWhereInput) {
  const { id, recipientId, patientId, appointmentId } = failed
  const others = { recipientId, patientId, appointmentId, ...which }
  await tx.notification.updateMany({
    where: { status: 'FAILED', seenToAt: null, OR: [{ id }, ...(appointmentId ? [others] : [])] },
    data: { seenToAt: toDate(now), seenToById: actor.id }
  })
}
