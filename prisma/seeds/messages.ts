import { Temporal } from 'temporal-polyfill'
import type { Prisma } from '../../src/generated/client.ts'
import { remindersOf } from '../../src/scheduling/reminders.ts'
import { onTheClock } from '../../src/scheduling/zone.ts'
import { keyOf } from '../../src/services/notifications/plan.ts'
import { idOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import type { Visit } from './payments.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

type Row = Prisma.NotificationCreateManyInput & { createdAt: string; sendAfter: string }
type Told = World['rows']['auditEvents'][number]

interface Planned {
  kind: string
  channel: 'EMAIL' | 'SMS'
  about: string
  to: { recipientId: string } | { patientId: string }
  visit: Visit
  data: Prisma.InputJsonObject
  plannedAt: number
  dueAt: number
}

/** How far back the ledger goes: what was told before is told by the audit log. */
const SINCE = 2 * DAY
const HOURS = [48, 24]
const SECOND = 1000

const news: Record<string, { patient?: string; doctor?: string }> = {
  'appointment.booked': { patient: 'appointment.booked', doctor: 'doctor.booked' },
  'appointment.overbooked': { doctor: 'doctor.booked' },
  'appointment.confirmed': { patient: 'appointment.confirmed' },
  'appointment.moved': { patient: 'appointment.moved', doctor: 'doctor.moved' },
  'appointment.rejected': { patient: 'appointment.rejected', doctor: 'doctor.cancelled' },
  'appointment.cancelled': { patient: 'appointment.cancelled', doctor: 'doctor.cancelled' }
}

/**
 * What was sent in the last days, the reminders of what is to come, and what did not arrive: the front desk of every
 * clinic has somebody to ring.
 */
export function sendMessages(world: World, clinics: Clinic[]) {
  const book = ledgerOf(world, clinics)
  const visits = new Map(world.rows.appointments.map(visit => [String(visit.id), visit]))
  for (const event of world.rows.auditEvents) {
    const visit = visits.get(String(event.appointmentId))
    if (visit && news[event.event] && Date.parse(String(event.at)) > world.now - SINCE) book.tell(event, visit)
  }
  for (const visit of world.rows.appointments) book.remind(visit)
  for (const clinic of clinics) someAreNotReached(world, clinic)
}

function ledgerOf(world: World, clinics: Clinic[]) {
  const { rows, now } = world
  const zones = new Map(clinics.map(({ id, story }) => [id, story.timeZone]))
  const accounts = new Map(rows.patients.map(({ id, accountId }) => [String(id), accountId ?? null]))
  const phones = new Map(rows.users.map(({ id, phone }) => [String(id), phone]))
  const doctors = new Map(rows.doctors.map(({ id, userId }) => [String(id), userId]))
  const zoneOf = (visit: Visit) => zones.get(visit.clinicId) ?? 'UTC'

  function add({ kind, channel, about, to, visit, data, plannedAt, dueAt }: Planned) {
    const dedupeKey = keyOf({ kind, channel, about, ...to } as Parameters<typeof keyOf>[0])
    const isSent = dueAt <= now
    const at = isSent ? iso(Math.min(now, dueAt + world.chance(dedupeKey).between(2, 50) * SECOND)) : null
    rows.notifications.push({
      ...{ id: idOf('message', dedupeKey), recipientId: null, patientId: null, ...to, clinicId: visit.clinicId },
      ...{ appointmentId: visit.id ?? null, kind, channel, dedupeKey, data, createdAt: iso(plannedAt) },
      ...{ sendAfter: iso(dueAt), status: isSent ? 'SENT' : 'PLANNED', attempts: isSent ? 1 : 0 },
      ...{ lastAttemptAt: at, sentAt: at, lastError: null, seenToAt: null, seenToById: null }
    })
  }

  const toPatient = ({ patientId }: Visit) => {
    const accountId = accounts.get(patientId)
    return accountId ? { recipientId: accountId } : { patientId }
  }

  return {
    /** To whoever looks after the patient, and to the doctor unless it was the doctor. */
    tell({ event, at, actorId }: Told, visit: Visit) {
      const [plannedAt, { patient, doctor }] = [Date.parse(String(at)), news[event] ?? {}]
      const sequence = event.endsWith('booked') ? 0 : (visit.sequence ?? 0)
      const data = { sequence, startsAt: onTheClock(new Date(String(visit.startsAt)), zoneOf(visit)) }
      const rest = { about: `${visit.id}:${sequence}`, visit, data, plannedAt, dueAt: plannedAt }
      const to = toPatient(visit)
      if (patient) add({ ...rest, kind: patient, channel: 'patientId' in to ? 'SMS' : 'EMAIL', to })
      const recipientId = doctors.get(visit.doctorId)
      if (doctor && recipientId && recipientId !== actorId)
        add({ ...rest, kind: doctor, channel: 'EMAIL', to: { recipientId } })
    },

    /** Two days and a day before a visit; a day before by text, too. */
    remind(visit: Visit) {
      const [startsAt, plannedAt] = [Date.parse(String(visit.startsAt)), Date.parse(String(visit.createdAt))]
      const isOn = ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW'].includes(String(visit.status))
      if (!isOn || startsAt < now - DAY) return
      const instant = (at: number) => Temporal.Instant.fromEpochMilliseconds(at)
      const to = toPatient(visit)
      for (const { hours, at } of remindersOf(instant(startsAt), zoneOf(visit), HOURS, instant(plannedAt))) {
        const data = { sequence: visit.sequence ?? 0, hours }
        const about = `${visit.id}:${iso(startsAt)}:${hours}`
        const rest = { kind: 'appointment.reminder', about, to, visit, data, plannedAt, dueAt: at.epochMilliseconds }
        if ('recipientId' in to) add({ ...rest, channel: 'EMAIL' })
        const isTexted = 'patientId' in to || (hours === HOURS.at(-1) && phones.get(to.recipientId))
        if (isTexted) add({ ...rest, channel: 'SMS' })
      }
    }
  }
}

/** One address was wrong for good: whoever it was for is to be rung. Another one was rung already; a third may work yet. */
function someAreNotReached({ rows, now }: World, clinic: Clinic) {
  const starts = new Map(rows.appointments.map(({ id, startsAt }) => [String(id), Date.parse(String(startsAt))]))
  const toCome = (rows.notifications as Row[]).filter(
    ({ clinicId, kind, status, appointmentId }) =>
      clinicId === clinic.id &&
      status === 'SENT' &&
      /^appointment\.(booked|confirmed|moved)$/.test(kind) &&
      (starts.get(String(appointmentId)) ?? 0) > now + DAY
  )
  const [first, second, third] = toCome.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  const given = { status: 'FAILED', sentAt: null, lastError: 'EENVELOPE 550 5.1.1 RCPT TO' } as const
  const [seenToById = null] = clinic.staff
  if (first) Object.assign(first, given)
  if (second) {
    const seenToAt = iso(Math.min(now, Date.parse(second.createdAt) + 40 * MINUTE))
    Object.assign(second, { ...given, seenToAt, seenToById })
  }
  if (third) {
    const lastAttemptAt = iso(now - 2 * MINUTE)
    const tried = {
      attempts: 3,
      lastAttemptAt,
      lastError: 'EENVELOPE 452 4.2.2 RCPT TO',
      sendAfter: iso(now + 13 * MINUTE)
    }
    Object.assign(third, { status: 'PLANNED', sentAt: null, ...tried })
  }
}
