import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'

/** What stands where a name was, in every language. */
export const ERASED = 'Erased'

export type ErasureReason = 'ASKED' | 'RETENTION' | 'MISTAKE' | 'ORDERED'

/**
 * Takes away who these patients are and what was typed about them when booking, paying and cancelling, and what they
 * were to be told. The appointments stay,
 * without words; so do the notes, prescriptions and history that doctors wrote, which the law makes clinics keep.
 * `accountId` is whose own entries in the history go as well.
 */
export async function erasePeople(tx: Tx, ctx: Ctx, patientIds: string[], reason: ErasureReason, accountId?: string) {
  const theirs = { patientId: { in: patientIds } }
  await tx.patient.updateMany({
    where: { id: { in: patientIds } },
    data: {
      name: ERASED,
      phone: null,
      dateOfBirth: null,
      sex: null,
      address: null,
      emergencyContact: null,
      allergies: null,
      archivedAt: toDate(ctx.now)
    }
  })
  await tx.appointment.updateMany({ where: { ...theirs, reason: { not: null } }, data: { reason: null } })
  await tx.appointment.updateMany({
    where: { ...theirs, cancellationReason: { not: null } },
    data: { cancellationReason: null }
  })
  const written = [{ note: { not: null } }, { refundReason: { not: null } }]
  await tx.payment.updateMany({
    where: { appointment: theirs, OR: written },
    data: { note: null, refundReason: null }
  })
  const squeezedIn = { isExtra: true, appointments: { some: theirs } }
  await tx.timeSlot.updateMany({ where: squeezedIn, data: { extraReason: ERASED } })
  if (accountId) await tx.historyEntry.deleteMany({ where: { ...theirs, recordedById: accountId } })
  await dropMessages(tx, theirs)
  for (const id of patientIds) await record(tx, ctx, 'patient.erased', { type: 'patient', id, data: { reason } })
}

/** Whoever is gone is told nothing any more. */
export const dropMessages = (tx: Tx, where: Prisma.NotificationWhereInput) =>
  tx.notification.updateMany({
    where: { AND: [where, { status: 'PLANNED' }] },
    data: { status: 'DROPPED', lastError: 'NO_ACCOUNT' }
  })
