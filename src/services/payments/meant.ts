import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { meant } from '../appointments/meant.ts'
import { asReference } from '../appointments/reference.ts'
import type { PaymentSearch } from './admin-list.ts'

/**
 * Payments that somebody may mean: one that is named exactly, by its reference or its gateway's transaction, else those
 * of the appointments that are meant. The caller still says who may see what.
 */
export async function paymentsMeant(
  ctx: Ctx,
  { q = '', sought }: Pick<PaymentSearch, 'q' | 'sought'>
): Promise<Prisma.PaymentWhereInput> {
  if (!q) return {}
  const reference = { in: [q.toUpperCase(), asReference(q) ?? []].flat() }
  const named = await db.payment.findMany({
    where: { OR: [{ reference }, { transactionId: q }] },
    select: { id: true },
    take: MOST_OF_ONE_NAME
  })
  if (named.length) return { id: { in: named.map(({ id }) => id) } }

  return { appointment: await meant(ctx, { q, ...(sought && { sought }), when: 'any' }) }
}

const MOST_OF_ONE_NAME = 20
