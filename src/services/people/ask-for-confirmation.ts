import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { ownAccount } from './queries.ts'

/** Notes that one wants the link to confirm one's own address once more, if that is still to be done. */
export async function askForConfirmation(ctx: Ctx) {
  const { email, isEmailConfirmed } = await ownAccount(ctx)
  if (isEmailConfirmed) return
  const { now, locale } = ctx
  await db.mailRequest.create({
    data: { kind: 'CONFIRM', email, locale, createdAt: toDate(now) },
    select: { id: true }
  })
}
