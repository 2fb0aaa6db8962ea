import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import type { NotificationStatus } from '../../generated/enums.ts'

interface Copy {
  id: string
  copyOfId: string | null
}

/** The message that others are copies of: the first. */
export const originalId = ({ id, copyOfId }: Copy) => copyOfId ?? id

/** A message and all copies that were made of it, this one too, the first one first. */
export function copiesOf<S extends Prisma.NotificationSelect>(tx: Pick<Tx, 'notification'>, message: Copy, select: S) {
  const id = originalId(message)
  return tx.notification.findMany({
    where: { OR: [{ id }, { copyOfId: id }] },
    select,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
  })
}

/** How many copies there are of each of these messages, and whether one has taken its place. */
export async function copyCounts(tx: Pick<Tx, 'notification'>, messages: Copy[]) {
  const copyOfId = { in: messages.map(originalId) }
  const rows = await tx.notification.findMany({ where: { copyOfId }, select: { copyOfId: true, status: true } })
  const copies = Map.groupBy(rows, row => row.copyOfId)
  const of = (message: Copy) => copies.get(originalId(message)) ?? []
  return {
    count: (message: Copy) => of(message).length,
    isReplaced: (message: Copy & Standing) => isReplaced(message, of(message))
  }
}

interface Standing {
  status: NotificationStatus
}

/** Whether a copy that was sent says it in place of this message: of the first one, and of each that failed. */
export const isReplaced = ({ copyOfId, status }: Copy & Standing, copies: Standing[]) =>
  (copyOfId === null || status === 'FAILED') && copies.some(copy => copy.status === 'SENT')
