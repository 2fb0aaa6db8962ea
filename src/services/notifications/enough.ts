import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { Waiting } from './due.ts'
import type { MessageKind } from './kinds.ts'

const MOST_AN_HOUR = 3
/** Of appointments, to an address that nobody has shown to be theirs. */
const MOST_OF_VISITS = 6
/** An attempt takes no longer. */
const ATTEMPT_MINUTES = 5

/**
 * Whether so many mails of a kind were meant for an account, or for an address, within the last hour that one more would
 * be a nuisance: whoever asks for them need not be whoever gets them. What the desk sent again does not count.
 */
export async function isEnough(
  tx: Tx,
  { now }: Ctx,
  kind: MessageKind,
  to: { recipientId: string } | { address: string }
) {
  const createdAt = { gt: toDate(now.subtract({ hours: 1 })) }
  return (await tx.notification.count({ where: { kind, ...to, createdAt, copyOfId: null } })) >= MOST_AN_HOUR
}

/**
 * When one more mail about an appointment may go to somebody who may never have asked for any; null when it may now.
 * Those count that went within the last hour, and those that were taken on before this one and are on their way.
 */
export async function notBefore({ now }: Ctx, { id, recipientId }: Waiting): Promise<Temporal.Instant | null> {
  const taken = { gt: toDate(now.subtract({ minutes: ATTEMPT_MINUTES })), lt: toDate(now) }
  const onItsWay = { status: 'PLANNED', attempts: { gt: 0 } } as const
  const others = await db.notification.findMany({
    where: {
      ...{ recipientId, channel: 'EMAIL', kind: { startsWith: 'appointment.' }, id: { not: id } },
      OR: [
        { status: 'SENT', sentAt: { gt: toDate(now.subtract({ hours: 1 })) } },
        { ...onItsWay, lastAttemptAt: taken },
        { ...onItsWay, lastAttemptAt: toDate(now), id: { lt: id } }
      ]
    },
    select: { sentAt: true }
  })
  if (others.length < MOST_OF_VISITS) return null
  const went = others.map(({ sentAt }) => sentAt?.valueOf() ?? now.epochMilliseconds).sort((a, b) => a - b)
  const first = went.at(-MOST_OF_VISITS) ?? now.epochMilliseconds
  return Temporal.Instant.fromEpochMilliseconds(first).add({ hours: 1 })
}
