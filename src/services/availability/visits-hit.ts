import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Change } from '../../scheduling/publishing.ts'
import { toDate } from '../../scheduling/zone.ts'
import { hitsAmong } from '../appointments/hits.ts'

/** Whose times changes that are not made yet would take: see `hitsAmong`, and how many times somebody holds just now. */
export async function visitsHitBy(ctx: Ctx, changes: Change[]) {
  const hit = changes.filter(({ slot, suspendedBy }) => slot.isTaken && suspendedBy && !slot.suspendedBy)
  const there = { timeslotId: { in: hit.map(({ slot }) => slot.id) } }
  const [hits, hitsHeld] = await Promise.all([
    hitsAmong(ctx, there),
    db.appointment.count({ where: { ...there, status: 'HELD', holdExpiresAt: { gt: toDate(ctx.now) } } })
  ])
  return { ...hits, hitsHeld }
}
