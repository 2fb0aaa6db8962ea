import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { inOrder } from '../clinics/room-usage.ts'
import { canChangeRoom } from './change-room.ts'
import { appointmentFor, view } from './queries.ts'
import { standing } from './transitions.ts'

/**
 * An appointment and the rooms of its clinic, with the times at which others have them meanwhile: none, when a room is
 * free. Holds that ran out keep no room. Throws NotFound.
 */
export async function roomChoices(ctx: Ctx, id: string) {
  const row = await appointmentFor(ctx, id)
  const rooms = await db.room.findMany({
    where: { clinicId: row.clinic.id, deactivatedAt: null },
    select: {
      id: true,
      name: true,
      appointments: {
        where: {
          id: { not: id },
          startsAt: { lt: row.endsAt },
          endsAt: { gt: row.startsAt },
          ...standing(ctx)
        },
        select: { startsAt: true, endsAt: true },
        orderBy: { startsAt: 'asc' }
      }
    }
  })
  const onItsClock = (date: Date) => onTheClock(date, row.clinic.timeZone)
  return {
    appointment: { ...view(ctx, row), roomId: row.roomId, canChangeRoom: canChangeRoom(ctx, row) },
    rooms: inOrder(ctx, rooms).map(({ appointments, ...room }) => ({
      ...room,
      isFree: appointments.length === 0,
      taken: appointments.map(({ startsAt, endsAt }) => ({
        startsAt: onItsClock(startsAt),
        endsAt: onItsClock(endsAt)
      }))
    }))
  }
}
