import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { secretBytes, sign } from '../../signatures.ts'
import { record } from '../audit/record.ts'
import { hashOfFeed } from './feed.ts'
import { ownId } from './queries.ts'

/**
 * Makes a secret with which one's own appointments can be followed without signing in, and ends the one before. Returns
 * it: only its hash is kept. The same key gives the same secret, and changes nothing while that is in force. Throws a
 * Refusal when it has ended since: what was replaced or switched off does not come back.
 */
export async function makeFeed(ctx: Ctx, key: string) {
  const userId = ownId(ctx)
  const known = `${userId}\0${key}`
  const [token, form] = [secretBytes('feed', known).toString('base64url'), sign('feed-form', known)]
  const made = { tokenHash: hashOfFeed(token), createdAt: toDate(ctx.now) }
  await transaction(async tx => {
    const feed = await tx.calendarFeed.findUnique({ where: { userId }, select: { tokenHash: true } })
    if (feed?.tokenHash === made.tokenHash) return
    if (await isUsed(tx, userId, form)) throw refuse(null, 'errors:calendar.ended')

    await tx.calendarFeed.upsert({ where: { userId }, create: { userId, ...made }, update: made })
    await record(tx, ctx, 'user.feed-made', { type: 'user', id: userId, data: { form } })
  })
  return token
}

const isUsed = async (tx: Tx, userId: string, form: string) =>
  (await tx.auditEvent.count({
    where: { event: 'user.feed-made', subjectType: 'user', subjectId: userId, data: { path: ['form'], equals: form } }
  })) > 0
