import type { Prisma } from '../../src/generated/client.ts'
import { onTheClock } from '../../src/scheduling/zone.ts'
import { keyOf } from '../../src/services/notifications/plan.ts'
import { DEMO_DOMAIN, idOf } from './names.ts'
import type { Clinic } from './open-clinic.ts'
import { DAY, iso, MINUTE, type World } from './world.ts'

/** What somebody who did not do it reads on their own page. */
const news: Record<'PATIENT' | 'DOCTOR', Record<string, string>> = {
  PATIENT: {
    'appointment.confirmed': 'appointment.confirmed',
    'appointment.moved': 'appointment.moved',
    'appointment.rejected': 'appointment.rejected',
    'appointment.cancelled': 'appointment.cancelled'
  },
  DOCTOR: {
    'appointment.booked': 'doctor.booked',
    'appointment.moved': 'doctor.moved',
    'appointment.rejected': 'doctor.cancelled',
    'appointment.cancelled': 'doctor.cancelled'
  }
}

/** The latest notices of those who can be signed in as: the newest are still to be read. */
export function leaveNotices(world: World, clinics: Clinic[]) {
  const account = (mailbox: string) => world.rows.users.find(({ email }) => email === mailbox + DEMO_DOMAIN)?.id
  leave(world, clinics, { to: account('patient'), role: 'PATIENT', most: 7, unread: 2 })
  leave(world, clinics, { to: account('doctor'), role: 'DOCTOR', most: 28, unread: 3 })
}

interface Reader {
  to: string | undefined
  role: 'PATIENT' | 'DOCTOR'
  most: number
  unread: number
}

function leave({ rows, now }: World, clinics: Clinic[], { to, role, most, unread }: Reader) {
  if (!to) return
  const patients = new Set(rows.patients.filter(({ accountId }) => accountId === to).map(({ id }) => id))
  const doctor = rows.doctors.find(({ userId }) => userId === to)?.id
  const visits = new Map(
    rows.appointments
      .filter(visit => (role === 'PATIENT' ? patients.has(visit.patientId) : visit.doctorId === doctor))
      .map(visit => [visit.id, visit])
  )
  const timeOf = (event: Prisma.AuditEventCreateManyInput) => Date.parse(String(event.at))
  const happened = rows.auditEvents.filter(
    event => visits.has(event.appointmentId ?? '') && news[role][event.event] && event.actorId !== to
  )
  const latest = happened.toSorted((a, b) => timeOf(b) - timeOf(a)).slice(0, most)
  for (const [at, event] of latest.entries()) {
    const visit = visits.get(event.appointmentId ?? '')
    const kind = news[role][event.event]
    if (!visit || !kind) continue
    const clinic = clinics.find(({ id }) => id === visit.clinicId)
    const sequence = event.event.endsWith('booked') ? 0 : (visit.sequence ?? 0)
    const startsAt = onTheClock(new Date(String(visit.startsAt)), clinic?.story.timeZone ?? 'UTC')
    const { from } = (event.data ?? {}) as { from?: string }
    const message = { kind, channel: 'IN_APP', about: `${visit.id}:${sequence}`, recipientId: to }
    const dedupeKey = keyOf(message as Parameters<typeof keyOf>[0])
    const toldAt = iso(timeOf(event))
    rows.notifications.push({
      ...{ id: idOf('notice', dedupeKey), recipientId: to, kind, channel: 'IN_APP', dedupeKey, attempts: 0 },
      ...{
        data: { sequence, startsAt, ...(from && { from }) },
        clinicId: visit.clinicId,
        appointmentId: visit.id ?? null
      },
      ...{ status: 'SENT', sentAt: toldAt, sendAfter: toldAt, createdAt: toldAt },
      readAt: at < unread ? null : iso(Math.min(now - MINUTE, timeOf(event) + DAY / 4))
    })
  }
}
