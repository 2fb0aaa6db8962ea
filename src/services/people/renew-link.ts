import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { toDate } from '../../scheduling/zone.ts'
import { codeOf, hashCode } from './invitation-code.ts'

/** As long as a mail is tried to be sent, and some more. */
const LATEST_HOURS = 48

/**
 * Makes a link what its mail can be written of: with the code that follows from its id, also if it was made under
 * another secret; and as if it was made now, when its time was up while its mail waited. Used and ended ones, and
 * invitations, stay as they are. For whoever sends the mail, in which alone the code stands.
 */
export async function renewLink({ now }: Ctx, id: string) {
  const codeHash = hashCode(codeOf(id))
  await db.invitation.updateMany({ where: { id, usedAt: null, codeHash: { not: codeHash } }, data: { codeHash } })
  await db.$executeRaw`
    UPDATE invitations SET created_at = ${toDate(now)}, expires_at = ${toDate(now)}::timestamptz + (expires_at - created_at)
    WHERE id = ${id}::uuid AND used_at IS NULL AND purpose <> 'JOIN' AND expires_at > created_at
      AND expires_at <= ${toDate(now)} AND expires_at > ${toDate(now.subtract({ hours: LATEST_HOURS }))}`
}
