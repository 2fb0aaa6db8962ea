import { config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { composeMail } from './compose.ts'
import type { Due } from './due.ts'

const MOST = 100

const shown = {
  ...{ id: true, kind: true, status: true, attempts: true, lastError: true },
  ...{ recipientId: true, data: true, createdAt: true, sentAt: true },
  recipient: { select: { name: true } }
} satisfies Prisma.NotificationSelect

type Row = Prisma.NotificationGetPayload<{ select: typeof shown }>

/** The latest mails, the newest first, for those who build; times in UTC. Throws NotFound in production. */
export async function mailbox(_ctx: Ctx) {
  onlyOutsideProduction()
  const rows = await db.notification.findMany({
    where: { channel: 'EMAIL' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: shown
  })
  return rows.map(line)
}

/**
 * One of them with the mail it is, composed again as it would be now; null in its place when there is nothing to tell
 * any more. Throws NotFound.
 */
export async function mailInMailbox(ctx: Ctx, id: string) {
  onlyOutsideProduction()
  const row = await db.notification.findUnique({ where: { id, channel: 'EMAIL' }, select: shown })
  if (!row) throw new NotFound()
  const mail = await composeMail(ctx, row as typeof row & Pick<Due, 'kind' | 'data'>)
  const attachments = mail?.attachments.map(({ filename, content }) => ({ filename, bytes: content.length })) ?? []
  return { ...line(row), mail: mail && { ...mail, attachments } }
}

const line = ({ recipient, createdAt, sentAt, id, kind, status, attempts, lastError }: Row) => ({
  ...{ id, kind, status, attempts, lastError, to: recipient.name },
  plannedAt: onTheClock(createdAt, 'UTC'),
  sentAt: sentAt && onTheClock(sentAt, 'UTC')
})

function onlyOutsideProduction() {
  if (config.production) throw new NotFound()
}
