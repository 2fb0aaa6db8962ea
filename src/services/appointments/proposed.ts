import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { choosable, type Proposal } from './proposals.ts'
import { appointmentFor } from './queries.ts'
import { whySuspended } from './suspended.ts'
import { afterMove } from './transitions.ts'

interface Visit {
  id: string
  /** Once it has been moved, what was proposed before is beside the point. */
  sequence: number
  clinic: { timeZone: string }
}

/** What was proposed last for a visit as it is: which times, when by the clinic's clock, and by whom. */
export interface Sent {
  timeslotIds: string[]
  at: string
  by: string
}

/** Which times were sent last to the patients of some visits. */
export async function sentTimes(visits: Visit[]): Promise<Map<string, Sent>> {
  if (visits.length === 0) return new Map()
  const events = await db.auditEvent.findMany({
    where: { appointmentId: { in: visits.map(({ id }) => id) }, event: 'appointment.proposed' },
    orderBy: { id: 'asc' },
    select: { appointmentId: true, at: true, actorId: true, data: true }
  })
  const people = await db.user.findMany({
    where: { id: { in: events.flatMap(({ actorId }) => actorId ?? []) } },
    select: { id: true, name: true }
  })
  return new Map(
    visits.flatMap(({ id, sequence, clinic }): [string, Sent][] => {
      const last = events.findLast(event => event.appointmentId === id)
      const said = last?.data as { sequence?: number; timeslotIds?: string[] } | undefined
      if (!last || said?.sequence !== sequence) return []
      const by = people.find(person => person.id === last.actorId)?.name ?? ''
      return [[id, { timeslotIds: said.timeslotIds ?? [], at: onTheClock(last.at, clinic.timeZone), by }]]
    })
  )
}

/**
 * The times that were proposed to whoever asks for a visit that can't take place at its time, those that are still free.
 * Throws NotFound for somebody else's.
 */
export async function timesProposedFor(ctx: Ctx, id: string): Promise<Proposal[]> {
  const visit = await appointmentFor(ctx, id)
  if (!whySuspended(visit, ctx.now) || !afterMove(ctx.actor.role, visit.status)) return []
  const sent = (await sentTimes([visit])).get(id)
  return sent ? ((await choosable(ctx, new Map([[id, sent.timeslotIds]]))).get(id) ?? []) : []
}
