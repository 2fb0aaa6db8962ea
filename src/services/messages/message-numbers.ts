import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { COUNTED } from '../lists/pages.ts'
import type { Way } from '../notifications/due.ts'
import { isVisible } from './visible-messages.ts'

/**
 * How many of this person's messages are due these ways, or are to be tried again, as far as counting goes. Indexes know
 * them.
 */
export async function waitingCount(ctx: Ctx, ways: Way[]) {
  const [counted] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM notifications n WHERE status = 'PLANNED' AND channel = ANY(${ways}::"NotificationChannel"[])
        AND (send_after <= ${toDate(ctx.now)} OR last_error IS NOT NULL) AND ${isVisible(ctx)} LIMIT ${COUNTED + 1}) waiting`
  return counted?.count ?? 0
}

interface Numbers {
  due: number
  retried: number
  failed: number
}

/** Of all messages: how many are due, how many are tried again, and how many failed and have still to be seen to. */
export async function messageNumbers({ now }: Pick<Ctx, 'now'>): Promise<Numbers> {
  const [[planned], [given]] = await Promise.all([
    db.$queryRaw<Omit<Numbers, 'failed'>[]>`
      SELECT count(*) FILTER (WHERE send_after <= ${toDate(now)})::int AS due,
        count(*) FILTER (WHERE attempts > 0)::int AS retried FROM notifications WHERE status = 'PLANNED'`,
    db.$queryRaw<Pick<Numbers, 'failed'>[]>`
      SELECT count(*)::int AS failed FROM notifications WHERE status = 'FAILED'
        AND seen_to_at IS NULL AND closed_at IS NULL`
  ])
  return { due: 0, retried: 0, failed: 0, ...planned, ...given }
}
