import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { ownId } from '../people/queries.ts'
import { noticeFor } from './notice-queries.ts'

/** Marks a notice as read, once, and returns it. Throws NotFound for anybody else's. */
export async function readNotice(ctx: Ctx, id: string) {
  const notice = await noticeFor(ctx, id)
  await db.notification.updateMany({
    where: { id, recipientId: ownId(ctx), channel: 'IN_APP', readAt: null },
    data: { readAt: toDate(ctx.now) }
  })
  return { ...notice, isRead: true }
}

/** Marks all as read; up to the newest that somebody saw, when that is said. Returns how many there were. */
export const readNotices = (ctx: Ctx, { upTo }: { upTo?: string | undefined } = {}) => db.$executeRaw`
  UPDATE notifications SET read_at = ${toDate(ctx.now)}
  WHERE recipient_id = ${ownId(ctx)}::uuid AND channel = 'IN_APP' AND read_at IS NULL
    AND (${upTo ?? null}::uuid IS NULL OR (created_at, id) <= (
      SELECT created_at, id FROM notifications WHERE id = ${upTo ?? null}::uuid AND recipient_id = ${ownId(ctx)}::uuid))`
