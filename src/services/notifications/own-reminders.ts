import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { settings } from '../settings/settings.ts'
import type { Way } from './due.ts'
import { planMessages } from './plan.ts'
import { isToBeReminded, reminderMessages } from './reminders.ts'
import { type ToldOf, toldOf } from './who-is-told.ts'

/** Drops the reminders that an account was still to get this way: it does not want them any more. */
export const dropReminders = (tx: Tx, recipientId: string, channel: Way) =>
  tx.notification.updateMany({
    where: { recipientId, channel, kind: 'appointment.reminder', status: 'PLANNED' },
    data: { status: 'DROPPED', lastError: 'NOT_WANTED' }
  })

/** Plans the reminders of all visits that an account has to come, once more if they were dropped. */
export async function planRemindersOf(tx: Tx, ctx: Ctx, accountId: string) {
  const allowed = await settings(tx)
  const visits = await tx.$queryRaw<ToldOf[]>`
    ${toldOf} WHERE u.id = ${accountId}::uuid AND ${isToBeReminded(ctx)}`
  await planMessages(
    tx,
    ctx,
    visits.flatMap(of => reminderMessages(ctx, of, allowed))
  )
}
