import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { smsGateway } from '../../gateways/sms.ts'
import { unsubscribed } from '../notifications/links.ts'
import { changeWanted } from './change-wanted.ts'

/** Whether the account whose link this is gets reminders by e-mail, and whether by text. Throws NotFound when the link was made up. */
export async function reminding(_ctx: Ctx, token: string) {
  const { wantsReminders, wantsTexts, phone } = await accountBehind(token)
  return { wantsReminders, hasTexts: wantsTexts && phone !== null && smsGateway() !== null }
}

/**
 * Stops reminders by e-mail for whoever holds the link in one of them, as often as they like. Throws NotFound when it
 * was made up.
 */
export async function stopReminders(ctx: Ctx, token: string) {
  const { id, role } = await accountBehind(token)
  const actor: Actor = { id, role, name: '', clinicIds: [], doctorId: null, link: { visitId: null } }
  await changeWanted({ ...ctx, actor }, { wantsReminders: false })
}

async function accountBehind(token: string) {
  const id = unsubscribed(token)
  const account = id && (await db.user.findUnique({ where: { id, erasedAt: null }, select: fields }))
  if (!account) throw new NotFound()
  return account
}

const fields = { id: true, role: true, wantsReminders: true, wantsTexts: true, phone: true } as const
