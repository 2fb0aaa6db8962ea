import type { PaymentMethod, AppointmentStatus as Status } from '../../src/generated/enums.ts'
import { live } from '../../src/services/appointments/transitions.ts'
import { lifeOf } from './history.ts'
import { idOf, newReference } from './names.ts'
import type { Person } from './patients.ts'
import { payFor, wayToPay } from './pay-for.ts'
import type { Visit } from './payments.ts'
import type { Slot } from './publish-slots.ts'
import { iso, MINUTE, type World } from './world.ts'

export interface Told {
  status?: Status
  reason?: string
  /** What the account paid or tried to pay with, and nothing of it is kept when it came to nothing. */
  pays?: PaymentMethod
}

/** An appointment and its history. Untold, its status is what it would be by now. */
export function bookFor(world: World, person: Person, slot: Slot, told: Told = {}) {
  const id = idOf('appointment', slot.id, person.id)
  const draw = world.chance(`appointment/${id}`)
  const status = told.status ?? statusByNow(world, slot, draw.between(1, 100))
  const { doctor, clinic, startsAt, endsAt } = slot
  const someone =
    draw.often(0.1) && status !== 'HELD' ? draw.pick([...clinic.staff, person.accountId]) : person.accountId
  const bookedById = told.pays ? person.accountId : someone
  const way = told.pays ?? wayToPay(world, id, slot, { status, bookedById })
  const isPaidFirst = way !== null && way !== 'PAY_AT_CLINIC'
  const life = lifeOf(world, draw, { id, status, person, slot, bookedById, isPaidFirst })

  if (takesTheTime(status)) slot.isFree = false
  if (takesTheTime(status) && startsAt > world.now) person.open++
  person.visits.push(startsAt)
  world.rows.auditEvents.push(...life.events)
  const visit: Visit = {
    ...{ id, status, bookedById, ...life.columns },
    ...{ patientId: person.id, doctorId: doctor.id, clinicId: clinic.id, timeslotId: slot.id, roomId: slot.roomId },
    ...{ startsAt: iso(startsAt), endsAt: iso(endsAt) },
    ...{ feeMinor: doctor.feeMinor, currency: clinic.story.currency },
    reference: newReference(draw, world.references),
    reason: told.reason ?? (status === 'EXPIRED' || draw.often(0.06) ? null : draw.pick(doctor.field.reasons))
  }
  world.rows.appointments.push(visit)
  if (way) payFor(world, visit, slot, way, told.pays !== undefined)
}

const takesTheTime = (status: Status) => (live as readonly Status[]).includes(status)

function statusByNow({ now }: World, { startsAt, endsAt }: Slot, percent: number): Status {
  if (startsAt > now + 15 * MINUTE) return percent <= 55 ? 'CONFIRMED' : 'BOOKED'
  if (startsAt > now) return percent <= 50 ? 'CHECKED_IN' : 'CONFIRMED'
  if (endsAt > now) return 'CHECKED_IN'
  return percent <= 6 && now - startsAt > 45 * MINUTE ? 'NO_SHOW' : 'COMPLETED'
}
