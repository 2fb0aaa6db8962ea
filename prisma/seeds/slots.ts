import type { Temporal } from 'temporal-polyfill'
import { clockTime } from '../../src/scheduling/zone.ts'
import { idOf } from './names.ts'
import { MINUTE } from './world.ts'

/** One weekday of a doctor at a clinic; minutes count from midnight by the clinic's clock. */
export interface Hours {
  doctorId: string
  clinicId: string
  roomId: string | null
  timeZone: string
  weekday: number
  startMinutes: number
  endMinutes: number
  slotMinutes: number
  breaks: { startMinutes: number; endMinutes: number }[]
}

export interface Time {
  id: string
  minutes: number
  startsAt: number
  endsAt: number
}

/** The times these hours make on a day: none on another weekday, none in a break, none the clock jumps over. */
export function timesOn(day: Temporal.PlainDate, hours: Hours): Time[] {
  if (day.dayOfWeek !== hours.weekday) return []

  const times: Time[] = []
  const { doctorId, startMinutes, endMinutes, slotMinutes, breaks, timeZone } = hours
  for (let minutes = startMinutes; minutes + slotMinutes <= endMinutes; minutes += slotMinutes) {
    const pause = breaks.find(rest => minutes < rest.endMinutes && rest.startMinutes < minutes + slotMinutes)
    if (pause) {
      minutes = pause.endMinutes - slotMinutes
      continue
    }
    const startsAt = clockTime(day, minutes, timeZone)?.epochMilliseconds
    if (startsAt === undefined) continue
    const endsAt = startsAt + slotMinutes * MINUTE
    times.push({ id: idOf('slot', doctorId, startsAt), minutes, startsAt, endsAt })
  }
  return times
}
