import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { log } from '../../log.ts'
import { toDate } from '../../scheduling/zone.ts'
import { bringUpToDate } from './look-up.ts'
import { nextLook } from './looks.ts'
import { sendRefund } from './send-refund.ts'

const AT_ONCE = 8
const ROUNDS = 100

interface Due {
  id: string
  refundDueAt: Date | null
  failedLooks: number
}

/**
 * Asks the gateways about every payment that is not known to be over, and sends every refund that is owed. What can't be
 * done now is tried again later, ever more seldom, and keeps nothing else from being done. Returns how many were seen to
 * and how many of them failed.
 */
export async function reconcilePayments(ctx: Ctx) {
  const done = { seen: 0, failed: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const due = await db.payment.findMany({
      where: { nextLookAt: { lte: toDate(ctx.now) } },
      orderBy: { nextLookAt: 'asc' },
      take: AT_ONCE,
      select: { id: true, refundDueAt: true, failedLooks: true }
    })
    const went = await Promise.all(due.map(payment => seeTo(ctx, payment)))
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
