import type { Doctor } from './hire-doctor.ts'
import { idOf } from './names.ts'
import { slotsOn } from './publish-slots.ts'
import { iso, type World } from './world.ts'

const FIRST_DAY = 3
const LAST_DAY = 20
const NOON = 12 * 60

/**
 * A doctor takes the second half of a day off that two or three patients have booked: they are on the worklist. It is
 * the first such day there is.
 */
export function leaveAtShortNotice(world: World, doctor: Doctor, reason: string) {
  const booked = new Set(
    world.rows.appointments
      .filter(({ doctorId, status }) => doctorId === doctor.id && (status === 'BOOKED' || status === 'CONFIRMED'))
      .map(({ timeslotId }) => timeslotId)
  )
  for (let inDays = FIRST_DAY; inDays <= LAST_DAY; inDays++) {
    const taken = slotsOn(doctor, inDays).filter(({ id, minutes }) => minutes >= NOON && booked.has(id))
    const [last] = taken.slice(-3)
    if (taken.length < 2 || !last) continue

    const [from, until] = [last.startsAt, slotsOn(doctor, inDays).at(-1)?.endsAt ?? last.endsAt]
    const id = idOf('leave', doctor.id, reason)
    world.rows.timeOff.push({ id, doctorId: doctor.id, startsAt: iso(from), endsAt: iso(until), reason })
    const hit = new Set(slotsOn(doctor, inDays).flatMap(slot => (slot.startsAt >= from ? slot.id : [])))
    for (const slot of world.rows.timeSlots) if (slot.id && hit.has(slot.id)) slot.suspendedBy = 'TIME_OFF'
    return
  }
}
