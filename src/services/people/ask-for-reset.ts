import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'

/**
 * Notes that somebody wants a new password for the account with this address, if there is one: nobody looks here, so that
 * the answer and the time it takes tell nothing. The mail follows from `answerMailRequests`.
 */
export async function askForReset({ now, locale }: Ctx, { email }: { email: string }) {
  await db.mailRequest.create({
    data: { kind: 'RESET', email, locale, createdAt: toDate(now) },
    select: { id: true }
  })
}
