import { db } from '../../database/client.ts'
import type { WallTime } from '../../scheduling/slots.ts'
import { dayOf } from '../../scheduling/zone.ts'

/** Tells in which room a doctor usually is at a clinic at some wall time: by the working hours, else none. */
export async function roomsAt(doctorId: string, clinicId: string) {
  const hours = await db.workingHours.findMany({
    where: { doctorId, clinicId, room: { deactivatedAt: null } },
    select: { weekday: true, startMinutes: true, endMinutes: true, validFrom: true, validUntil: true, roomId: true }
  })
  return ({ day, clock }: WallTime) => {
    const on = day.toString()
    const found = hours.find(
      ({ weekday, startMinutes, endMinutes, validFrom, validUntil }) =>
        weekday === day.dayOfWeek &&
        startMinutes <= clock &&
        clock < endMinutes &&
        dayOf(validFrom) <= on &&
        (!validUntil || on <= dayOf(validUntil))
    )
    return found?.roomId ?? null
  }
}
