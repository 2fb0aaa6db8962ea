import { type Ctx, passing } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { log } from '../../log.ts'
import { toDate } from '../../scheduling/zone.ts'
import { bringUpToDate } from './look-up.ts'
import { nextLook } from './next-look.ts'
import { sendRefund } from './send-refund.ts'

const AT_ONCE = 20
/** What is still due then is left to the next run. */
const LONGEST_MS = 200_000

interface Due {
  id: string
  refundDueAt: Date | null
  failedLooks: number
}

/**
 * Sends every refund that is owed, and asks the gateways about every payment that is not known to be over. What can't be
 * done now is tried again later, ever more seldom; some minutes of it are a run. Returns how many were seen to and how
 * many of them failed.
 */
export async function reconcilePayments(ctx: Ctx) {
  const done = { seen: 0, failed: 0 }
  for (const at of passing(ctx, LONGEST_MS)) {
    const due = await db.payment.findMany({
      where: { nextLookAt: { lte: toDate(at.now) } },
      orderBy: [{ refundDueAt: { sort: 'asc', nulls: 'last' } }, { nextLookAt: 'asc' }],
      take: AT_ONCE,
      select: { id: true, refundDueAt: true, failedLooks: true }
    })
    const went = await Promise.all(due.map(payment => seeTo(at, payment)))
    done.seen += due.length
    done.failed += went.filter(isWell => !isWell).length
    if (due.length === 0) break
  }
  return done
}

async function seeTo(ctx: Ctx, { id, refundDueAt, failedLooks }: Due) {
  try {
    await (refundDueAt ? sendRefund(ctx, id) : bringUpToDate(ctx, id))
    await db.payment.updateMany({ where: { id, ...over }, data: { nextLookAt: null, failedLooks: 0 } })
    await later(ctx, id, refundDueAt, 0)
    return true
  } catch (error) {
    log.warn({ paymentId: id, error: (error as Error).message, failedLooks }, 'payment could not be seen to')
    await later(ctx, id, refundDueAt, failedLooks + 1)
    return false
  }
}

/** Nothing more is to be learnt of it, or sent. */
const over = {
  OR: [{ status: 'REFUNDED' }, { status: 'SUCCESS', refundDueAt: null }]
} satisfies Prisma.PaymentWhereInput

/** What is still open is due again, unless it has become something else meanwhile: that is due at once. */
const later = ({ now }: Ctx, id: string, refundDueAt: Date | null, failedLooks: number) =>
  db.payment.updateMany({
    where: { id, refundDueAt, nextLookAt: { lte: toDate(now) } },
    data: { nextLookAt: nextLook(now, failedLooks), failedLooks }
  })
