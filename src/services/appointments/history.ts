import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import type { EventName } from '../audit/events.ts'
import type { AppointmentRow } from './queries.ts'

/** What people are told of the money: not that a payment was begun, took another's place, or was owed no more. */
const ofMoney: EventName[] = [
  ...(['payment.succeeded', 'payment.failed', 'payment.collected', 'payment.collection-undone'] as const),
  ...(['payment.refund-owed', 'payment.refunded', 'payment.refund-bounced'] as const)
]

/** What happened to an appointment, oldest first, and by whom: YOU, or the part they play. */
export async function historyOf(ctx: Ctx, { id, clinic }: Pick<AppointmentRow, 'id' | 'clinic'>) {
  const events = await db.auditEvent.findMany({
    where: {
      appointmentId: id,
      OR: [{ subjectType: 'appointment', event: { not: 'appointment.moved-here' } }, { event: { in: ofMoney } }]
    },
    orderBy: { id: 'asc' },
    select: { at: true, event: true, actorId: true, actorRole: true, data: true }
  })
  const nameOf = await doctorsNamed(events.flatMap(({ data }) => Object.values(doctorsIn(data))))
  return events.map(({ at, event, actorId, actorRole, data }) => ({
    at: onTheClock(at, clinic.timeZone),
    event,
    by: actorId === ctx.actor.id ? 'YOU' : actorRole,
    ...fromTo(data),
    ...withNames(doctorsIn(data), nameOf)
  }))
}

function fromTo(data: Prisma.JsonValue) {
  const { from, to } = (data ?? {}) as { from?: string; to?: string }
  return from && to ? { from, to } : {}
}

/** Whom somebody was with who was given to another doctor, and whom they are with then. */
function doctorsIn(data: Prisma.JsonValue) {
  const { fromDoctorId, toDoctorId } = (data ?? {}) as { fromDoctorId?: string; toDoctorId?: string }
  return fromDoctorId && toDoctorId ? { fromDoctor: fromDoctorId, toDoctor: toDoctorId } : {}
}

async function doctorsNamed(ids: string[]) {
  if (ids.length === 0) return () => ''
  const doctors = await db.doctor.findMany({
    where: { id: { in: ids } },
    select: { id: true, user: { select: { name: true } } }
  })
  return (id: string) => doctors.find(doctor => doctor.id === id)?.user.name ?? ''
}

const withNames = (ids: object, nameOf: (id: string) => string) =>
  Object.fromEntries(Object.entries(ids).map(([whose, id]) => [whose, nameOf(id)])) as Partial<
    Record<'fromDoctor' | 'toDoctor', string>
  >
