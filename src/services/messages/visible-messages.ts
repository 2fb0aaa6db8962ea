import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/client.ts'

/**
 * Which messages exist for this person: what goes to somebody, not what is shown on a page. The front desk has those of
 * its clinics, an admin all. The only way to one is through here.
 */
export function visibleMessages({ actor }: Ctx): Prisma.NotificationWhereInput {
  const channel = { in: ['EMAIL', 'SMS'] } satisfies Prisma.NotificationWhereInput['channel']
  if (actor.role === 'ADMIN') return { channel }
  return actor.role === 'STAFF' ? { channel, clinicId: { in: actor.clinicIds } } : { id: { in: [] } }
}

/** The same as SQL over `n` (notifications). */
export function isVisible({ actor }: Ctx) {
  if (actor.role === 'ADMIN') return Prisma.sql`n.channel <> 'IN_APP'`
  if (actor.role !== 'STAFF') return Prisma.sql`false`
  return Prisma.sql`n.channel <> 'IN_APP' AND n.clinic_id = ANY(${actor.clinicIds}::uuid[])`
}
