import { db } from '../../database/client.ts'

interface Outstanding {
  count: number
  /** Since when the oldest of them waits. */
  since: Date | null
}

/**
 * What is still to be said to gateways: payments of which they are to be asked how they stand, and money that is on its
 * way back. Read from an index of these alone, so that it may be asked often.
 */
export async function outstanding(): Promise<{ payments: Outstanding; refunds: Outstanding }> {
  const rows = await db.$queryRaw<(Outstanding & { isRefund: boolean })[]>`
    SELECT refund_due_at IS NOT NULL AS "isRefund", count(*)::int AS count, min(coalesce(refund_due_at, created_at)) AS since
    FROM payments WHERE next_look_at IS NOT NULL GROUP BY 1`
  const of = (wanted: boolean) => {
    const { count, since } = rows.find(({ isRefund }) => isRefund === wanted) ?? { count: 0, since: null }
    return { count, since }
  }
  return { payments: of(false), refunds: of(true) }
}
