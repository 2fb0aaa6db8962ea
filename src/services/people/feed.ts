import { createHash } from 'node:crypto'
import type { Actor, Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { may } from '../../permissions.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { accountFor, ownId } from './queries.ts'

/** What is kept of the secret in a calendar address. */
export const hashOfFeed = (token: string) => createHash('sha256').update(token).digest('hex')

/** When the account made its calendar address, in UTC; null when it has none. The address itself is not kept. */
export async function ownFeed(ctx: Ctx) {
  const feed = await db.calendarFeed.findUnique({ where: { userId: ownId(ctx) }, select: { createdAt: true } })
  return feed && { madeAt: onTheClock(feed.createdAt, 'UTC') }
}

/** As whom a calendar address is read, and in which language; null when it is good for nothing, or not any more. */
export async function feedOwner(token: string): Promise<{ actor: Actor; locale: string } | null> {
  const feed = await db.calendarFeed.findUnique({
    where: { tokenHash: hashOfFeed(token) },
    select: { userId: true, user: { select: { locale: true } } }
  })
  const actor = feed && (await accountFor(feed.userId))
  return actor && may(actor, 'calendar.follow') ? { actor, locale: feed.user.locale } : null
}

/** Makes the calendar address of an account good for nothing; says whether it had one. */
export async function endFeed(tx: Tx, userId: string) {
  const { count } = await tx.calendarFeed.deleteMany({ where: { userId } })
  return count > 0
}
