import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { MessageKind } from './kinds.ts'

/** What is to be told, and of which payment. */
export interface News {
  kind: MessageKind
  paymentId: string
}

/**
 * Plans a mail to whoever looks after the patient, in the transaction of what it tells of: both are true or neither. It
 * is sent soon after (`deliver.ts`), once for the same money, however often it is planned; what was dropped in between is planned anew.
 * Somebody without an account gets none.
 */
export async function planMail(tx: Tx, ctx: Ctx, { kind, paymentId }: News) {
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    select: { appointmentId: true, paidAt: true, appointment: { select: { patient: { select: { accountId: true } } } } }
  })
  const recipientId = payment.appointment.patient.accountId
  if (!recipientId) return

  const dedupeKey = `${kind}:${paymentId}:${payment.paidAt?.valueOf() ?? ''}:EMAIL`
  const [appointmentId, now] = [payment.appointmentId, toDate(ctx.now)]
  const row = { kind, channel: 'EMAIL', recipientId, appointmentId, data: { paymentId }, sendAfter: now } as const
  await tx.notification.createMany({ data: [{ ...row, dedupeKey, createdAt: now }], skipDuplicates: true })
  await tx.notification.updateMany({
    where: { dedupeKey, status: 'DROPPED' },
    data: { status: 'PLANNED', sendAfter: now, attempts: 0, lastError: null }
  })
}
