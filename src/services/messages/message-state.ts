import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/client.ts'
import type { NotificationStatus } from '../../generated/enums.ts'
import type { MessageState } from '../../helpers/message.ts'
import { toDate } from '../../scheduling/zone.ts'
import { messageKinds } from '../notifications/kinds.ts'

interface Standing {
  status: NotificationStatus
  attempts: number
  seenToAt: Date | null
  closedAt: Date | null
}

/** How a message stands: one that failed and was made up for, or matters no more, is nobody's worry. */
export function stateOf({ status, attempts, seenToAt, closedAt }: Standing): MessageState {
  if (status === 'PLANNED') return attempts > 0 ? 'RETRYING' : 'WAITING'
  if (status === 'FAILED') return seenToAt ? 'SEEN_TO' : closedAt ? 'CLOSED' : 'FAILED'
  return status
}

/** The messages that stand so. */
export const inMessageState: Record<MessageState, Prisma.NotificationWhereInput> = {
  WAITING: { status: 'PLANNED', attempts: 0 },
  RETRYING: { status: 'PLANNED', attempts: { gt: 0 } },
  SENT: { status: 'SENT' },
  FAILED: { status: 'FAILED', seenToAt: null, closedAt: null },
  SEEN_TO: { status: 'FAILED', seenToAt: { not: null } },
  CLOSED: { status: 'FAILED', seenToAt: null, closedAt: { not: null } },
  DROPPED: { status: 'DROPPED' }
}

/** The messages that wait although their time has come, or are tried again: as they are counted when none goes out. */
export const dueNow = ({ now }: Pick<Ctx, 'now'>): Prisma.NotificationWhereInput => ({
  status: 'PLANNED',
  OR: [{ sendAfter: { lte: toDate(now) } }, { lastError: { not: null } }]
})

/** What a list of messages can be narrowed to: a topic, and reminders apart, of which there are most. */
export type KindGroup = 'appointment' | 'reminder' | 'payment' | 'doctor' | 'account'

const groupOf = (kind: string) => (kind === 'appointment.reminder' ? 'reminder' : kind.split('.')[0])

/** The kinds of a group, by name: an index can look these up. */
export const kindsIn = (group: KindGroup) => messageKinds.filter(kind => groupOf(kind) === group)

/** Why it could not be handed over, as far as codes tell. */
export type Failure =
  | ('ADDRESS' | 'NUMBER' | 'UNSUBSCRIBED' | 'FULL' | 'REFUSED' | 'SIGN_IN' | 'UNREACHABLE')
  | ('LATE' | 'DISABLED' | 'NO_GATEWAY' | 'OTHER')

/** What codes of mail servers (RFC 5321, RFC 3463), of nodemailer, Node and a provider of texts come to. */
const failures: [RegExp, Failure][] = [
  [/^OVER$/, 'LATE'],
  [/^DISABLED$/, 'DISABLED'],
  [/^NO_GATEWAY$/, 'NO_GATEWAY'],
  [/\b(21610)\b|UNSUBSCRIBED|OPTED_OUT/, 'UNSUBSCRIBED'],
  [/\b(21211|21214|21217|21401|21614)\b|NUMBER/, 'NUMBER'],
  [/\b5\.1\.\d+\b|\b(550|551|553)\b(?! \d\.[^1])|\bAPI\b/, 'ADDRESS'],
  [/\b[45]\.2\.2\b|\b(452|552)\b/, 'FULL'],
  [/EAUTH|ENOAUTH|\b(530|535)\b|\b20003\b|\b(401|403)\b/, 'SIGN_IN'],
  [
    /ECONN|ETIMEDOUT|ESOCKET|EDNS|ETLS|ENOTFOUND|EHOST|ENET|EPROTOCOL|Timeout|Abort|\b421\b|\b50[0234]\b/,
    'UNREACHABLE'
  ],
  [/\b[45]\d\d\b|EENVELOPE|EMESSAGE/, 'REFUSED']
]

/** The nearest words for the codes of a failure; null when nothing failed. */
export const failureOf = (codes: string | null): Failure | null =>
  codes === null ? null : (failures.find(([pattern]) => pattern.test(codes))?.[1] ?? 'OTHER')
