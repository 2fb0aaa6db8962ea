import { plannedSlots } from '../../src/scheduling/publishing.ts'
import type { Doctor } from './hire-doctor.ts'
import { idOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

/** The booking window, and the day that begins at midnight: what the app itself publishes. */
export const PUBLISHED_AHEAD_DAYS = 31
const PUBLISHED_BACK_DAYS = 60

export interface Slot {
  id: string
  doctor: Doctor
  clinic: Clinic
  roomId: string | null
  /** The day by the clinic's calendar. */
  day: string
  minutes: number
  startsAt: number
  endsAt: number
  isFree: boolean
}

/** Puts a doctor's times on offer, from two months ago to the end of the booking window. */
export function publishSlots(world: World, doctor: Doctor) {
  for (let offset = -PUBLISHED_BACK_DAYS; offset <= PUBLISHED_AHEAD_DAYS; offset++) {
    for (const { clinic, hours } of doctor.weeks) {
      const day = clinic.today.add({ days: offset })
      if (clinic.closures.some(shut => shut.equals(day))) continue

      const meeting = offset > 0 && world.chance(`meeting/${doctor.id}/${day}`).often(0.05)
      for (const planned of plannedSlots(hours, day, day)) {
        const [startsAt, endsAt] = [planned.startsAt.epochMilliseconds, planned.endsAt.epochMilliseconds]
        if (doctor.away.some(({ from, until }) => from < endsAt && startsAt < until)) continue

        const id = idOf('slot', doctor.id, startsAt)
        const minutes = (startsAt - day.toZonedDateTime(hours.timeZone).epochMilliseconds) / MINUTE
        const isAvailable = !(meeting && minutes >= 840 && minutes < 900)
        const { clinicId, roomId } = hours
        const at = { id, clinicId, roomId, workingHoursId: hours.id, startsAt: iso(startsAt), endsAt: iso(endsAt) }
        const createdAt = iso(Math.min(startsAt - 40 * DAY, world.today - DAY))
        world.rows.timeSlots.push({ ...at, doctorId: doctor.id, isAvailable, isExtra: false, createdAt })
        const slot = { id, doctor, clinic, roomId, day: day.toString(), minutes, startsAt, endsAt, isFree: isAvailable }
        doctor.slots.set(slot.day, [...(doctor.slots.get(slot.day) ?? []), slot])
      }
    }
  }
}

/** A doctor's times on a day counted from today, by the clinic's calendar. */
export const slotsOn = (doctor: Doctor, inDays: number) =>
  // Clinics of one doctor share a zone, so they share the day.
  doctor.slots.get(doctor.home.today.add({ days: inDays }).toString()) ?? []

/** The free time nearest to an hour of the first day, from `inDays` on, that has one. */
export function slotNear(doctor: Doctor, inDays: number, hour: number, step: 1 | -1 = 1): Slot {
  for (let offset = inDays; Math.abs(offset - inDays) < 14; offset += step) {
    const free = slotsOn(doctor, offset).filter(slot => slot.isFree)
    const [nearest] = free.sort((a, b) => Math.abs(a.minutes - hour * 60) - Math.abs(b.minutes - hour * 60))
    if (nearest) return nearest
  }
  throw new Error(`${doctor.name} has no free time within two weeks of day ${inDays}`)
}
