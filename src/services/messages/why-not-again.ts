import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { MessageData } from '../notifications/kinds.ts'

/** Why a message can't be sent again. */
export type WhyNotAgain = 'WAITS' | 'DROPPED' | 'GONE' | 'OVER' | 'SUPERSEDED' | 'LINK_OVER' | 'COPIED'

/** That it is off is told even after its time. */
const toldAfterwards = new Set(['appointment.cancelled', 'appointment.rejected', 'doctor.cancelled'])

/** What must be known of whom and what it is about. */
export const againRelations = {
  recipient: { select: { disabledAt: true } },
  patient: { select: { archivedAt: true, accountId: true } },
  appointment: { select: { startsAt: true, sequence: true } }
} satisfies Prisma.NotificationSelect

type Relations = Prisma.NotificationGetPayload<{ select: typeof againRelations }>
type Sent = Pick<Prisma.NotificationGetPayload<object>, 'kind' | 'status' | 'data'> & Relations

/**
 * Why a message would be good for nothing if it were sent again: it waits still or was dropped for a reason, whoever it
 * was for is gone, the visit has begun or was changed since, or its link works no more (`working` are those that do).
 * Null when it can.
 */
export function whyNotAgain({ now }: Ctx, message: Sent, working: Set<string>): WhyNotAgain | null {
  const { kind, status, recipient, patient, appointment } = message
  const { sequence, invitationId } = dataOf(message)
  if (status === 'PLANNED') return 'WAITS'
  if (status === 'DROPPED') return 'DROPPED'
  if (recipient?.disabledAt || patient?.archivedAt || patient?.accountId) return 'GONE'
  if (invitationId && !working.has(invitationId)) return 'LINK_OVER'
  if (!appointment || kind.startsWith('payment.')) return null
  if (sequence !== undefined && sequence < appointment.sequence) return 'SUPERSEDED'
  return appointment.startsAt <= toDate(now) && !toldAfterwards.has(kind) ? 'OVER' : null
}

/** Which of the links in these messages work still. */
export async function workingLinks(tx: Pick<Tx, 'invitation'>, { now }: Ctx, messages: Pick<Sent, 'data'>[]) {
  const ids = messages.flatMap(message => dataOf(message).invitationId ?? [])
  if (ids.length === 0) return new Set<string>()
  const where = { id: { in: ids }, usedAt: null, expiresAt: { gt: toDate(now) } }
  const links = await tx.invitation.findMany({ where, select: { id: true } })
  return new Set(links.map(({ id }) => id))
}

const dataOf = ({ data }: Pick<Sent, 'data'>) => (data ?? {}) as MessageData
