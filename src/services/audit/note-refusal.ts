import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Permission } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from './record.ts'

const EVENT = 'access.refused'
const LATELY = { minutes: 10 }
const MOST = 20

/**
 * Writes down that somebody signed in asked for what isn't for their role: which right was missing, and for which page
 * without what was asked of it. Twenty of a person in ten minutes tell enough; more would only fill the log.
 */
export async function noteRefusal(ctx: Ctx, permission: Permission, path: string) {
  const { id: actorId } = ctx.actor
  const lately = { actorId, event: EVENT, at: { gt: toDate(ctx.now.subtract(LATELY)) } }
  if ((await db.auditEvent.count({ where: lately, take: MOST })) >= MOST) return

  await record(db, ctx, EVENT, { type: 'user', id: actorId, data: { permission, path: path.slice(0, 200) } })
}
