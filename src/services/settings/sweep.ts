import { db } from '../../database/client.ts'

/** Deletes the sessions and the request counters whose time is over. They count for nothing already; this frees room. */
export async function sweep() {
  const sessions = await db.$executeRaw`DELETE FROM sessions WHERE expire < now()`
  const counters = await db.$executeRaw`DELETE FROM rate_limits WHERE reset_at < now()`
  return { sessions, counters }
}
