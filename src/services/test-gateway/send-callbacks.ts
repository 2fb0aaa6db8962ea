import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { deliver } from '../../gateways/payments/deliver.ts'
import { log } from '../../log.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { setup } from './setup.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
/** How long after each try the next one is due, in seconds. */
const PAUSES = [5, 30, 120, 600, 1800, 3600, 7200, 14_400]
const AT_ONCE = 100

interface Owed {
  id: bigint
  event: string
  attempts: number
  checkoutId: string
  paymentId: string
  callbackUrl: string
}

/**
 * Tells the merchant what is due, signed, and again after 5 s, 30 s, 2 min … until it answers with 2xx or has been told
 * eight times. What is due within the minute is told when its time comes, if this process lives until then. Returns how
 * many were taken.
 */
export async function sendCallbacks(ctx: Ctx) {
  const owed = await claim(ctx)
  const taken = await Promise.all(owed.map(each => tell(ctx, each)))
  await wakeForNext(ctx)
  return taken.filter(isTaken => isTaken).length
}

/** The same, without anyone waiting for it. */
export function startSending(ctx: Ctx) {
  sendCallbacks(ctx).catch(error => log.warn({ error: error.message }, 'test callbacks'))
}

/** Counted as tried before it is: whoever else looks for work meanwhile finds none, and a crash repeats it later. */
const claim = (ctx: Ctx) =>
  db.$queryRaw<Owed[]>`
    UPDATE test_callbacks AS owed SET attempts = owed.attempts + 1,
      due_at = ${toDate(ctx.now)}::timestamptz + make_interval(secs => (${PAUSES}::int[])[owed.attempts + 1])
    FROM test_checkouts AS checkout
    WHERE checkout.id = owed.checkout_id AND owed.id IN (
      SELECT id FROM test_callbacks
      WHERE delivered_at IS NULL AND due_at <= ${toDate(ctx.now)}::timestamptz AND attempts < ${PAUSES.length}
      ORDER BY due_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING owed.id, owed.event, owed.attempts, checkout.id AS "checkoutId", checkout.idempotency_key AS "paymentId",
      checkout.callback_url AS "callbackUrl"`

async function tell(ctx: Ctx, { id, event, attempts, checkoutId, paymentId, callbackUrl }: Owed) {
  const said = { id: String(id), event, checkout: { id: checkoutId, paymentId } }
  const isTaken = await deliver(callbackUrl, said, setup().secret)
  if (isTaken) await db.testCallback.updateMany({ where: { id }, data: { deliveredAt: toDate(ctx.now) } })
  else log.warn({ checkoutId, attempts }, 'test callback not taken')
  return isTaken
}

let wakesAt = Number.POSITIVE_INFINITY

/** One timer is enough: whoever it wakes looks for the next. */
async function wakeForNext(ctx: Ctx) {
  const now = ctx.now.epochMilliseconds
  const next = await db.testCallback.findFirst({
    where: { deliveredAt: null, attempts: { lt: PAUSES.length }, dueAt: { lte: new Date(now + MINUTE) } },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true }
  })
  const dueAt = next?.dueAt.valueOf() ?? Number.POSITIVE_INFINITY
  if (dueAt >= wakesAt) return

  wakesAt = dueAt
  setTimeout(() => wake(ctx, dueAt), Math.max(SECOND, dueAt - now)).unref()
}

function wake(ctx: Ctx, dueAt: number) {
  // One that was due earlier took over since.
  if (dueAt !== wakesAt) return
  wakesAt = Number.POSITIVE_INFINITY
  startSending({ ...ctx, now: instantOf(new Date(dueAt)) })
}
