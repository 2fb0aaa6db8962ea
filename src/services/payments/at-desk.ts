import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { hasAppointment } from '../appointments/queries.ts'
import { visiblePayments } from './queries.ts'
import { paymentFields, paymentView } from './view.ts'

const named = { select: { name: true } } as const

const place = { select: { id: true, name: true, city: true, timeZone: true } } as const

const fields = {
  ...paymentFields,
  gateway: true,
  refundReason: true,
  collectedBy: named,
  refundedBy: named,
  clinic: place,
  appointment: {
    select: {
      ...{ id: true, reference: true, status: true, startsAt: true, timeslotId: true },
      patient: { select: { id: true, name: true } },
      doctor: { select: { id: true, user: named } },
      clinic: place
    }
  }
} satisfies Prisma.PaymentSelect

/**
 * A payment as the front desk works with it: for which visit, whose money it is, who took or gave it back, what
 * happened, and the other tries to pay for the same visit. Nothing about health. Throws NotFound.
 */
export async function paymentAtDesk(ctx: Ctx, id: string) {
  const row = await db.payment.findFirst({ where: { AND: [{ id }, visiblePayments(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  const { gateway, note, refundReason, collectedBy, refundedBy, appointment, ...payment } = row
  const { timeZone, ...clinic } = row.clinic
  const { timeZone: visitZone, ...visitPlace } = appointment.clinic
  const visit = { status: appointment.status, timeZone }
  const [tries, events, isSeen] = await Promise.all([
    db.payment.findMany({
      where: { AND: [{ appointmentId: appointment.id }, visiblePayments(ctx)] },
      select: paymentFields,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
    }),
    db.auditEvent.findMany({
      where: { subjectType: 'payment', subjectId: id },
      select: { at: true, event: true, actorId: true, actorRole: true },
      orderBy: { id: 'asc' }
    }),
    hasAppointment(ctx, appointment.id)
  ])
  return {
    payment: {
      ...paymentView(ctx, { ...payment, note }, visit),
      ...{ clinic, timeZone, gateway, note, refundReason },
      refundDueAt: row.refundDueAt && onTheClock(row.refundDueAt, timeZone),
      collectedBy: collectedBy?.name ?? null,
      refundedBy: refundedBy?.name ?? null
    },
    appointment: {
      ...{ id: appointment.id, reference: appointment.reference, status: appointment.status },
      ...{ timeZone: visitZone, clinic: visitPlace },
      /** Whether there is more to be seen of it: a visit may have gone to another clinic, a time may be gone. */
      isSeen,
      startsAt: onTheClock(appointment.startsAt, visitZone),
      timeslotId: appointment.timeslotId,
      patient: appointment.patient,
      doctor: { id: appointment.doctor.id, name: appointment.doctor.user.name }
    },
    tries: tries.map(each => paymentView(ctx, each, visit)),
    history: events.map(({ at, event, actorId, actorRole }) => ({
      at: onTheClock(at, timeZone),
      event,
      by: actorId === ctx.actor.id ? 'YOU' : actorRole
    }))
  }
}

export type PaymentAtDesk = Awaited<ReturnType<typeof paymentAtDesk>>
