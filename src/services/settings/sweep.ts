import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { closeOutdated } from '../messages/close-outdated.ts'

/**
 * Deletes the sessions and the request counters whose time is over, which count for nothing already, and what somebody
 * wanted to be mailed and nobody has answered for a day; closes messages that failed and matter to nobody any more.
 */
export async function sweep(ctx: Ctx) {
  const sessions = await db.$executeRaw`DELETE FROM sessions WHERE expire < now()`
  const counters = await db.$executeRaw`DELETE FROM rate_limits WHERE reset_at < now()`
  const requests = await db.$executeRaw`DELETE FROM mail_requests WHERE created_at < now() - interval '1 day'`
  return { sessions, counters, requests, closed: await closeOutdated(ctx) }
}
