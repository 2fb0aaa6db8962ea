import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { smsGateway } from '../../gateways/sms.ts'
import { changesOf } from '../audit/changes.ts'
import { record } from '../audit/record.ts'
import { dropReminders, planRemindersOf } from '../notifications/own-reminders.ts'
import { ownId } from './queries.ts'

const wanted = { wantsReminders: true, wantsTexts: true, wantsNews: true, wantsAgenda: true } as const

/** What an account may want to be sent or not; all else it always gets. */
export type Wanted = Record<keyof typeof wanted, boolean>

/** What one wants to be sent, where it goes, and whether texts are sent here at all. */
export async function ownWanted(ctx: Ctx) {
  const { email, phone, role, ...chosen } = await db.user.findUniqueOrThrow({
    where: { id: ownId(ctx) },
    select: { email: true, phone: true, role: true, ...wanted }
  })
  const { wantsReminders, wantsTexts, wantsNews, wantsAgenda } = chosen
  const own = role === 'DOCTOR' ? { wantsNews, wantsAgenda } : { wantsReminders, wantsTexts }
  return { email, phone, role, areTextsSent: smsGateway() !== null, wanted: own as Partial<Wanted> }
}

/**
 * Changes what one wants to be sent. Reminders that are not wanted any more are dropped, and those that are wanted again
 * are planned for every visit to come.
 */
export async function changeWanted(ctx: Ctx, changes: Partial<Wanted>) {
  const id = ownId(ctx)
  await transaction(async tx => {
    const before = await tx.user.findUniqueOrThrow({ where: { id }, select: wanted })
    const told = changesOf(before, changes)
    if (!told) return
    await tx.user.update({ where: { id }, data: changes, select: { id: true } })
    await record(tx, ctx, 'user.changed', { type: 'user', id, data: { ...told } })
    if (changes.wantsReminders === false) await dropReminders(tx, id, 'EMAIL')
    if (changes.wantsTexts === false) await dropReminders(tx, id, 'SMS')
    if (changes.wantsReminders || changes.wantsTexts) await planRemindersOf(tx, ctx, id)
  })
}
