import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import type { Change } from '../../scheduling/publishing.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { upcoming } from '../appointments/transitions.ts'

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  patient: { select: { id: true, name: true } },
  clinic: { select: { id: true, name: true, timeZone: true } }
} satisfies Prisma.AppointmentSelect

/**
 * Whose times changes that are not made yet would take: the visits this person may see, soonest first, how many more
 * are booked elsewhere, and how many times somebody holds just now.
 */
export async function visitsHitBy(ctx: Ctx, changes: Change[]) {
  const hit = changes.filter(({ slot, suspendedBy }) => slot.isTaken && suspendedBy && !slot.suspendedBy)
  const there = { timeslotId: { in: hit.map(({ slot }) => slot.id) } }
  const booked = { ...there, status: { in: [...upcoming] } } satisfies Prisma.AppointmentWhereInput
  const [rows, total, held] = await Promise.all([
    db.appointment.findMany({
      where: { AND: [visibleTo(ctx), booked] },
      select: fields,
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
    }),
    db.appointment.count({ where: booked }),
    db.appointment.count({ where: { ...there, status: 'HELD', holdExpiresAt: { gt: toDate(ctx.now) } } })
  ])
  const hits = rows.map(({ startsAt, clinic: { timeZone, ...clinic }, ...row }) => ({
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    timeZone,
    clinic
  }))
  return { hits, hitsElsewhere: total - hits.length, hitsHeld: held }
}
