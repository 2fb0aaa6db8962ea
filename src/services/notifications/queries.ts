import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { partsOf } from '../../gateways/gsm-alphabet.ts'
import { Undelivered } from '../../gateways/undelivered.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { type Composed, compose } from './compose.ts'
import type { Waiting } from './due.ts'

const MOST = 100

const shown = {
  ...{ id: true, kind: true, status: true, attempts: true, lastError: true },
  ...{ recipientId: true, patientId: true, address: true, appointmentId: true, channel: true },
  ...{ data: true, createdAt: true, sentAt: true },
  recipient: { select: { name: true, email: true, phone: true } },
  patient: { select: { name: true, phone: true } }
} satisfies Prisma.NotificationSelect

type Row = Prisma.NotificationGetPayload<{ select: typeof shown }>

/** What goes somewhere: notices are on their own page. */
const isSent = { channel: { in: ['EMAIL', 'SMS'] } } satisfies Prisma.NotificationWhereInput

/** The latest mails and texts, the newest first, for those who build; times in UTC. Throws NotFound in production. */
export async function mailbox(_ctx: Ctx) {
  onlyOutsideProduction()
  const rows = await db.notification.findMany({
    where: isSent,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: shown
  })
  return rows.map(line)
}

/**
 * One of them with the mail or the text it is, composed again as it would be now; null in their places when there is
 * nothing to tell any more. Throws NotFound.
 */
export async function messageInMailbox(ctx: Ctx, id: string) {
  onlyOutsideProduction()
  const row = await db.notification.findUnique({ where: { id, ...isSent }, select: shown })
  if (!row) throw new NotFound()
  const composed = await composedInTime(ctx, row as typeof row & Waiting)
  const mail = composed && 'mail' in composed ? composed.mail : null
  const text = composed && 'text' in composed ? { ...composed.text, parts: partsOf(composed.text.text) } : null
  const attachments = mail?.attachments.map(({ filename, content }) => ({ filename, bytes: content.length })) ?? []
  return { ...line(row), mail: mail && { ...mail, from: config.smtp?.from ?? null, attachments }, text }
}

/** What is not to be sent before some time, as it would be then; null for what can't be sent to anybody. */
async function composedInTime(ctx: Ctx, message: Waiting): Promise<Composed | null> {
  try {
    const composed = await compose(ctx, message)
    return 'notBefore' in composed ? await compose({ ...ctx, now: composed.notBefore }, message) : composed
  } catch (error) {
    if (error instanceof Undelivered) return null
    throw error
  }
}

const line = ({ recipient, patient, createdAt, sentAt, address, ...row }: Row) => ({
  ...{ id: row.id, kind: row.kind, channel: row.channel, status: row.status, attempts: row.attempts },
  ...{ lastError: row.lastError, to: (recipient ?? patient)?.name ?? '' },
  address: row.channel === 'SMS' ? (recipient ?? patient)?.phone : (address ?? recipient?.email),
  plannedAt: onTheClock(createdAt, 'UTC'),
  sentAt: sentAt && onTheClock(sentAt, 'UTC')
})

function onlyOutsideProduction() {
  if (config.production) throw new NotFound()
}
