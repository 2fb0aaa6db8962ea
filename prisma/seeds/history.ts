import type { Prisma } from '../../src/generated/client.ts'
import type { AppointmentStatus as Status } from '../../src/generated/enums.ts'
import { onTheClock } from '../../src/scheduling/zone.ts'
import type { Chance } from './chance.ts'
import type { Person } from './patients.ts'
import { CHOOSING } from './pay-for.ts'
import { bySystem } from './payments.ts'
import type { Slot } from './publish-slots.ts'
import { doctorsReasons, lateReasons, patientsReasons, rejections } from './words.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

interface Booking {
  id: string
  status: Status
  person: Person
  slot: Slot
  bookedById: string
  /** Whether it was paid for before it was booked: then the time was held first, and the payment booked it. */
  isPaidFirst: boolean
}

type Columns = Partial<Prisma.AppointmentCreateManyInput> & { createdAt: string }

const HOLD = 10 * MINUTE
const passed = { HELD: 0, BOOKED: 1, CONFIRMED: 2, CHECKED_IN: 3, COMPLETED: 4, NO_SHOW: 2 } as const

/**
 * What happened to an appointment until now, at instants at which people do such things, and the columns that say so.
 */
export function lifeOf(world: World, draw: Chance, { id, status, person, slot, bookedById, isPaidFirst }: Booking) {
  const { now } = world
  const { startsAt, endsAt, clinic, doctor } = slot
  const events: Prisma.AuditEventCreateManyInput[] = []
  const patient = { actorId: person.accountId, actorRole: 'PATIENT' }
  const treating = { actorId: doctor.userId, actorRole: 'DOCTOR' }
  const desk = { actorId: draw.pick(clinic.staff), actorRole: 'STAFF' }
  const someone = draw.often(0.7) ? treating : desk
  const say = (event: string, at: number, who: { actorId: string | null; actorRole: string }, data = {}) =>
    events.push({
      ...{ at: iso(at), event: `appointment.${event}`, ...who, data, requestId: `demo-${id.slice(0, 8)}` },
      ...{ subjectType: 'appointment', subjectId: id, appointmentId: id, clinicId: clinic.id }
    })
  const within = (from: number, until: number) => (until > from ? draw.between(from, until) : until)

  const created = bookedAt(draw, startsAt, status === 'EXPIRED' ? now - HOLD : now - 3 * MINUTE)
  const chosen = isPaidFirst && status !== 'EXPIRED' ? created - CHOOSING : created
  const columns: Columns = { cancelledLate: false, sequence: 0, createdAt: iso(chosen) }
  const booker = bookedById === person.accountId ? patient : { actorId: bookedById, actorRole: 'STAFF' }
  const over = Math.min(now, startsAt - 20 * MINUTE)

  if (status === 'HELD') {
    say('held', now - MINUTE, patient)
    return { events, columns: { ...columns, createdAt: iso(now - MINUTE), holdExpiresAt: iso(now + HOLD) } }
  }
  if (status === 'EXPIRED') {
    say('held', created, booker)
    if (isPaidFirst) say('released', created + CHOOSING, bySystem)
    else say('expired', created + HOLD, bySystem)
    return { events, columns: { ...columns, holdExpiresAt: iso(created + HOLD) } }
  }
  if (isPaidFirst) say('held', chosen, booker)
  say('booked', created, isPaidFirst ? bySystem : booker)
  if (status === 'CANCELLED') {
    const notice = startsAt - clinic.story.cancellationNoticeMinutes * MINUTE
    const byPatient = created < notice && draw.often(0.75)
    const at = within(created + MINUTE, byPatient ? Math.min(notice - MINUTE, now) : over)
    const late = at > notice
    const who = byPatient ? patient : late ? desk : treating
    say('cancelled', at, who, { late })
    const said = draw.pick(byPatient ? patientsReasons : late ? lateReasons : doctorsReasons)
    return { events, columns: { ...columns, ...called(at, who.actorId, said), cancelledLate: late, sequence: 1 } }
  }
  if (status === 'REJECTED') {
    const at = within(created + MINUTE, Math.min(created + DAY, over))
    say('rejected', at, treating)
    return { events, columns: { ...columns, ...called(at, treating.actorId, draw.pick(rejections)), sequence: 1 } }
  }

  const steps = passed[status]
  let at = created
  if (steps >= 1 && draw.often(0.07)) {
    at = within(created + MINUTE, Math.min(created + DAY / 2, over))
    const shift = draw.pick([-2, -1, 1, 2, 7]) * DAY
    const clock = (instant: number) => onTheClock(new Date(instant), clinic.story.timeZone)
    say('moved', at, booker, { from: clock(startsAt + shift), to: clock(startsAt) })
    columns.sequence = 1
  }
  if (steps >= 2) say('confirmed', within(at + MINUTE, Math.min(at + DAY, over)), someone)
  if (status === 'NO_SHOW') say('no-show', within(startsAt + 20 * MINUTE, Math.min(startsAt + 40 * MINUTE, now)), desk)
  if (steps >= 3) {
    const checkedIn = Math.min(now - 2 * MINUTE, startsAt - draw.between(1, 14) * MINUTE)
    columns.checkedInAt = iso(checkedIn)
    say('checked-in', checkedIn, desk)
  }
  if (steps >= 4) say('completed', Math.min(now, endsAt + draw.between(-3, 9) * MINUTE), treating)
  return { events, columns }
}

const called = (at: number, cancelledById: string, cancellationReason: string) => ({
  cancelledAt: iso(at),
  cancelledById,
  cancellationReason
})

/** Up to four weeks ahead, mostly less, at an hour at which the clinic is awake. */
function bookedAt(draw: Chance, startsAt: number, latest: number) {
  const least = Math.max(1, Math.ceil((startsAt - latest) / DAY))
  const days = least + Math.floor(draw.between(0, 10) ** 2 * 0.01 * Math.max(0, 27 - least))
  return Math.min(latest, startsAt - days * DAY + draw.between(-120, 180) * MINUTE)
}
