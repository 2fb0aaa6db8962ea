import { bookFor } from './book-for.ts'
import type { Doctor } from './hire-doctor.ts'
import { idOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import type { Person } from './patients.ts'
import { slotNear, slotsOn } from './publish-slots.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

const callers = [
  { name: 'Edith Marlowe', phone: '0117 496 0388', born: '1938-04-02', sex: 'female' },
  { name: 'Gethin Rowlands', phone: '07700 900 461', born: '1961-11-19', sex: 'male' },
  { name: 'Oluchi Bright', phone: '07700 900 462', born: '1994-07-30', sex: 'female' }
] as const

/** Some have no account: the front desk added them, booked for one of them, and squeezed one in today. */
export function someRingUp(world: World, clinic: Clinic, doctor: Doctor) {
  const [edith, gethin] = callers.map(caller => addCaller(world, clinic, caller))
  if (gethin) booked(world, gethin, () => bookFor(world, gethin, slotNear(doctor, 4, 10), { status: 'BOOKED' }))
  if (edith) squeezeIn(world, edith, doctor)
}

/** Whoever has no account is booked for by the desk alone. */
function addCaller(world: World, clinic: Clinic, { name, phone, born, sex }: (typeof callers)[number]): Person {
  const id = idOf('caller', name)
  const [desk = ''] = clinic.staff
  const [dateOfBirth, createdAt] = [`${born}T00:00:00Z`, iso(world.today - 40 * DAY)]
  world.rows.patients.push({
    id,
    accountId: null,
    clinicId: clinic.id,
    phone,
    name,
    sex,
    dateOfBirth,
    relation: 'SELF',
    createdAt
  })
  world.rows.auditEvents.push({
    ...{ at: createdAt, event: 'patient.added', actorId: desk, actorRole: 'STAFF', data: {} },
    ...{ subjectType: 'patient', subjectId: id, clinicId: clinic.id, requestId: `demo-${id.slice(0, 8)}` }
  })
  const age = Math.floor((world.today - Date.parse(dateOfBirth)) / (365.2425 * DAY))
  return { id, accountId: desk, region: clinic.story.region, sex, age, visits: [], open: 0 }
}

/** On top of the time of today that is nearest. */
function squeezeIn(world: World, person: Person, doctor: Doctor) {
  const away = ({ startsAt }: { startsAt: number }) => Math.abs(startsAt - world.now - 90 * MINUTE)
  const [under] = slotsOn(doctor, 0).toSorted((a, b) => away(a) - away(b))
  if (!under) return

  const [startsAt, endsAt] = [under.startsAt + 5 * MINUTE, under.startsAt + 15 * MINUTE]
  const slot = { ...under, id: idOf('extra', under.id), roomId: null, startsAt, endsAt }
  world.rows.timeSlots.push({
    ...{ id: slot.id, doctorId: doctor.id, clinicId: slot.clinic.id, roomId: null, isAvailable: true },
    ...{ startsAt: iso(startsAt), endsAt: iso(endsAt), createdAt: iso(world.today - DAY) },
    ...{ isExtra: true, extraReason: 'Rash has spread since yesterday' }
  })
  const status = startsAt > world.now ? 'BOOKED' : endsAt > world.now ? 'CHECKED_IN' : 'COMPLETED'
  const calledAt = Math.min(world.now - 3 * MINUTE, startsAt - 120 * MINUTE)
  booked(world, person, () => bookFor(world, person, slot, { status, reason: 'Rash that spreads' }), calledAt)
}

/** The history of such a booking: the desk made it, and who is squeezed in called not long before. */
function booked(world: World, { accountId }: Person, book: () => void, calledAt?: number) {
  const { auditEvents, appointments, payments } = world.rows
  const before = auditEvents.length
  book()
  const told = auditEvents.splice(before)
  for (const event of told) if (event.actorId === accountId) event.actorRole = 'STAFF'
  if (calledAt === undefined) return auditEvents.push(...told)

  const createdAt = iso(calledAt)
  Object.assign(appointments.at(-1) ?? {}, { createdAt, sequence: 0 })
  Object.assign(payments.at(-1) ?? {}, { createdAt })
  const since = told.filter(({ at }) => Date.parse(String(at)) > calledAt)
  return auditEvents.push(
    { ...told[0], at: createdAt, event: 'appointment.overbooked' } as (typeof told)[number],
    ...since
  )
}
