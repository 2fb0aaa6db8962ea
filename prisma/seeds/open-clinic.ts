import { Temporal } from 'temporal-polyfill'
import { dayAt } from '../../src/scheduling/zone.ts'
import type { ClinicStory } from './clinics.ts'
import { idOf } from './names.ts'
import { fields } from './specializations.ts'
import { symptoms } from './symptoms.ts'
import { DAY, iso, type World } from './world.ts'

export interface Clinic {
  id: string
  story: ClinicStory
  today: Temporal.PlainDate
  rooms: { id: string; busy: { weekday: number; startMinutes: number; endMinutes: number }[] }[]
  closures: Temporal.PlainDate[]
  staff: string[]
}

export function openClinic(world: World, story: ClinicStory): Clinic {
  const { key, region: _, fee: __, feeStep: ___, rooms, ...told } = story
  const id = idOf('clinic', key)
  const createdAt = iso(world.today - 500 * DAY)
  world.rows.clinics.push({ ...told, id, email: `${key}@docket.example`, bookingWindowDays: 30, createdAt })
  world.rows.rooms.push(...rooms.map(name => ({ id: idOf('room', key, name), clinicId: id, name })))
  return {
    id,
    story,
    today: dayAt(Temporal.Instant.fromEpochMilliseconds(world.now), story.timeZone),
    rooms: rooms.map(name => ({ id: idOf('room', key, name), busy: [] })),
    closures: [],
    staff: []
  }
}

export function shutFor(world: World, clinic: Clinic, reason: string, days: number) {
  const day = clinic.today.add({ days })
  clinic.closures.push(day)
  const on = `${day}T00:00:00Z`
  world.rows.closures.push({
    id: idOf('closure', clinic.story.key, days),
    clinicId: clinic.id,
    startsOn: on,
    endsOn: on,
    reason
  })
}

/** The fields of medicine, and which symptoms lead to them. */
export function teachMedicine({ rows }: World) {
  for (const { name } of fields) rows.specializations.push({ id: idOf('field', name), name })
  for (const [name, leadTo, advice] of symptoms) {
    const symptomId = idOf('symptom', name)
    rows.symptoms.push({ id: symptomId, name, advice: advice ?? null, isEmergency: advice !== undefined })
    for (const field of leadTo) rows.symptomSpecializations.push({ symptomId, specializationId: idOf('field', field) })
  }
}
