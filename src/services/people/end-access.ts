import type { Tx } from '../../database/transaction.ts'
import { endFeed } from './feed.ts'
import { endLinks } from './invitations.ts'
import { dropSessions } from './sessions.ts'

/**
 * Ends every way into an account but its password: mailed links, the calendar's address and all sessions. Returns how
 * many sessions there were.
 */
export async function endAccess(tx: Tx, userId: string) {
  await endLinks(tx, userId)
  await endFeed(tx, userId)
  return dropSessions(tx, userId)
}
