import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { record } from '../audit/record.ts'
import { ownId } from './queries.ts'

/** Nothing changes at a sign-in but who asks; these write down that it happened. */

export const noteSignIn = (ctx: Ctx, account: Actor) =>
  record(db, { ...ctx, actor: account }, 'user.signed-in', { type: 'user', id: account.id })

/** Of the address only whose it is; null for nobody's. */
export async function noteFailedSignIn(ctx: Ctx, email: string) {
  const user = await db.user.findUnique({ where: { email }, select: { id: true } })
  await record(db, ctx, 'user.sign-in-failed', { type: 'user', id: user?.id ?? null })
}

export const noteSignOut = (ctx: Ctx) => record(db, ctx, 'user.signed-out', { type: 'user', id: ownId(ctx) })
