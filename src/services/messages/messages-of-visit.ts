import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { messageFields, messageView } from './message-view.ts'
import { visibleMessages } from './visible-messages.ts'

const LATEST = 5

/** The latest messages about an appointment, those that wait to be sent first, as far as this person may see them. */
export async function messagesOfVisit(ctx: Ctx, appointmentId: string) {
  const rows = await db.notification.findMany({
    where: { AND: [{ appointmentId }, visibleMessages(ctx)] },
    select: messageFields,
    orderBy: [{ sendAfter: 'desc' }, { id: 'desc' }],
    take: LATEST
  })
  return rows.map(row => messageView(ctx, row))
}
