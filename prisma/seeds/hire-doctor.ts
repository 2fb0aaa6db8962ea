import { Temporal } from 'temporal-polyfill'
import type { PublishedHours } from '../../src/scheduling/publishing.ts'
import { openAccount } from './accounts.ts'
import { biographyOf } from './biography.ts'
import type { DoctorStory } from './doctors.ts'
import { idOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import { PUBLISHED_AHEAD_DAYS, type Slot } from './publish-slots.ts'
import { type Field, fields } from './specializations.ts'
import { DAY, iso, type World } from './world.ts'

export interface Doctor {
  id: string
  userId: string
  name: string
  field: Field
  feeMinor: number
  weeks: { clinic: Clinic; hours: PublishedHours }[]
  away: { from: number; until: number }[]
  home: Clinic
  /** By day, in the home clinic's calendar. */
  slots: Map<string, Slot[]>
}

export function hireDoctor(
  world: World,
  story: DoctorStory,
  number: number,
  clinics: Clinic[],
  mailbox?: string
): Doctor {
  const [name, fieldName, yearsOfExperience, slotMinutes, languages, week] = story
  const field = fields.find(known => known.name === fieldName)
  const id = idOf('doctor', name)
  const shifts = week.split('; ').map(shift => shift.split(' ') as [string, string, string])
  const places = shifts
    .map(([key]) => clinics.find(clinic => clinic.story.key === key))
    .filter(clinic => clinic !== undefined)
  const [home] = places
  if (!home || !field) throw new Error(`${name} has no clinic or no field`)

  const { phone, fee, feeStep, region, country } = home.story
  const userId = openAccount(world, {
    name: `Dr ${name}`,
    role: 'DOCTOR',
    phone,
    daysAgo: 480,
    ...(mailbox && { mailbox })
  })
  const worth = fee * field.fee * (1 + Math.min(yearsOfExperience, 25) / 100)
  const feeMinor = Math.round(worth / feeStep) * feeStep
  world.rows.doctors.push({
    ...{ id, userId, yearsOfExperience, feeMinor },
    specializationId: idOf('field', field.name),
    licenceNumber: `${country}-${world.chance(`licence/${name}`).between(100, 999)}${String(1000 + number)}`,
    biography: biographyOf(name, field, region, number),
    languages: languages.split(', '),
    createdAt: iso(world.today - 480 * DAY)
  })
  world.rows.doctorClinics.push(...[...new Set(places)].map(clinic => ({ doctorId: id, clinicId: clinic.id })))
  const weeks = places.flatMap((clinic, at) => {
    const [, weekdays = '', times = ''] = shifts[at] ?? []
    return [...weekdays].map(weekday => ({
      clinic,
      hours: workOn(world, id, clinic, Number(weekday), times, slotMinutes)
    }))
  })
  return { id, userId, name: `Dr ${name}`, field, feeMinor, weeks, away: [], home, slots: new Map() }
}

/** Hours of one weekday with a lunch break if they are long, in a room nobody else has then. */
function workOn(
  world: World,
  doctorId: string,
  clinic: Clinic,
  weekday: number,
  times: string,
  slotMinutes: number
): PublishedHours {
  const [startMinutes = 0, endMinutes = 0] = times.split('-').map(minutesOf)
  const room = clinic.rooms.find(({ busy }) =>
    busy.every(b => b.weekday !== weekday || b.endMinutes <= startMinutes || endMinutes <= b.startMinutes)
  )
  if (!room) throw new Error(`${clinic.story.name} has no room left on weekday ${weekday}`)
  room.busy.push({ weekday, startMinutes, endMinutes })

  const id = idOf('hours', doctorId, clinic.id, weekday)
  const noon = startMinutes >= 600 ? 840 : 780
  const breaks = endMinutes - startMinutes > 360 ? [{ startMinutes: noon, endMinutes: noon + 45 }] : []
  const row = { id, clinicId: clinic.id, roomId: room.id, weekday, startMinutes, endMinutes, slotMinutes }
  const validFrom = Temporal.Instant.fromEpochMilliseconds(world.today - 480 * DAY).toZonedDateTimeISO('UTC')
  world.rows.workingHours.push({ ...row, doctorId, validFrom: iso(validFrom.epochMilliseconds) })
  world.rows.breaks.push(...breaks.map(rest => ({ id: idOf('break', id), workingHoursId: id, ...rest })))
  const { timeZone } = clinic.story
  const lastDay = clinic.today.add({ days: PUBLISHED_AHEAD_DAYS })
  return { ...row, breaks, timeZone, lastDay, validFrom: validFrom.toPlainDate(), validUntil: null }
}

export function goOnLeave(world: World, doctor: Doctor, reason: string, inDays: number, days: number) {
  const { today, story } = doctor.home
  const midnight = (offset: number) => today.add({ days: offset }).toZonedDateTime(story.timeZone).epochMilliseconds
  const [from, until] = [midnight(inDays), midnight(inDays + days)]
  doctor.away.push({ from, until })
  const id = idOf('leave', doctor.id, inDays)
  world.rows.timeOff.push({ id, doctorId: doctor.id, startsAt: iso(from), endsAt: iso(until), reason })
}

const minutesOf = (clock: string) => {
  const { hour, minute } = Temporal.PlainTime.from(
    clock.includes(':') ? clock.padStart(5, '0') : `${clock.padStart(2, '0')}:00`
  )
  return hour * 60 + minute
}
