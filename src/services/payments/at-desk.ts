import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { visiblePayments } from './queries.ts'
import { paymentFields, paymentView } from './view.ts'

const named = { select: { name: true } } as const

const fields = {
  ...paymentFields,
  gateway: true,
  refundReason: true,
  collectedBy: named,
  refundedBy: named,
  appointment: {
    select: {
      ...{ id: true, reference: true, status: true, startsAt: true, timeslotId: true },
      patient: { select: { id: true, name: true } },
      doctor: { select: { id: true, user: named } },
      clinic: { select: { id: true, name: true, city: true, timeZone: true } }
    }
  }
} satisfies Prisma.PaymentSelect

/**
 * A payment as the front desk works with it: for which visit, who took or gave back the money, what happened, and the
 * other tries to pay for the same visit. Nothing about health. Throws NotFound.
 */
export async function paymentAtDesk(ctx: Ctx, id: string) {
  const row = await db.payment.findFirst({ where: { AND: [{ id }, visiblePayments(ctx)] }, select: fields })
  if (!row) throw new NotFound()
  const { gateway, note, refundReason, collectedBy, refundedBy, appointment, ...payment } = row
  const { timeZone, ...clinic } = appointment.clinic
  const visit = { status: appointment.status, timeZone }
  const [tries, events] = await Promise.all([
    db.payment.findMany({
      where: { AND: [{ appointmentId: appointment.id }, visiblePayments(ctx)] },
      select: paymentFields,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }]
    }),
    db.auditEvent.findMany({
      where: { subjectType: 'payment', subjectId: id },
      select: { at: true, event: true, actorId: true, actorRole: true },
      orderBy: { id: 'asc' }
    })
  ])
  return {
    payment: {
      ...paymentView(ctx, { ...payment, note }, visit),
      ...{ timeZone, gateway, note, refundReason },
      refundDueAt: row.refundDueAt && onTheClock(row.refundDueAt, timeZone),
      collectedBy: collectedBy?.name ?? null,
      refundedBy: refundedBy?.name ?? null
    },
    appointment: {
      ...{ id: appointment.id, reference: appointment.reference, status: appointment.status, timeZone, clinic },
      startsAt: onTheClock(appointment.startsAt, timeZone),
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
