import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import { appointmentFields, view, visibleTo } from '../appointments/queries.ts'
import { type PaymentRow, paymentFields, paymentView } from './view.ts'

/**
 * Which payments exist for this person: those of the appointments that do, and, for the front desk, those that brought
 * its clinics money, be it for a time that was gone or a visit that went elsewhere. The only way to one is through here.
 */
export function visiblePayments(ctx: Ctx): Prisma.PaymentWhereInput {
  const { actor } = ctx
  const known = { appointment: visibleTo(ctx) }
  if (actor.role !== 'STAFF') return known
  return { OR: [known, { clinicId: { in: actor.clinicIds }, paidAt: { not: null } }] }
}

/**
 * Which of them a list goes through: for the front desk, those whose money is its clinics', so that an index can begin
 * at these. Nothing is missing but what another clinic had been paid before the visit came here.
 */
export function listedPayments(ctx: Ctx): Prisma.PaymentWhereInput {
  const { actor } = ctx
  if (actor.role !== 'STAFF') return visiblePayments(ctx)
  return { clinicId: { in: actor.clinicIds }, OR: [{ paidAt: { not: null } }, { appointment: visibleTo(ctx) }] }
}

/** Throws NotFound for somebody else's. */
export async function paymentFor(ctx: Ctx, id: string) {
  const payment = await db.payment.findFirst({
    where: { AND: [{ id }, visiblePayments(ctx)] },
    select: {
      ...paymentFields,
      gateway: true,
      checkoutUrl: true,
      nextLookAt: true,
      refundReason: true,
      appointmentId: true
    }
  })
  if (!payment) throw new NotFound()
  return payment
}

/** A payment and the appointment it is for, be it one that was never booked. Throws NotFound. */
export async function paymentPage(ctx: Ctx, id: string) {
  const payment = await paymentFor(ctx, id)
  const row = await db.appointment.findUniqueOrThrow({
    where: { id: payment.appointmentId },
    select: appointmentFields
  })
  return {
    payment: {
      ...paymentView(ctx, payment, { status: row.status, timeZone: row.clinic.timeZone }),
      checkoutUrl: payment.status === 'PENDING' ? payment.checkoutUrl : null,
      /** What the clinic wrote to the patient when it gave the money back. */
      refundReason: payment.refundCause === 'STAFF' ? payment.refundReason : null
    },
    appointment: view(ctx, row)
  }
}

const MOST = 100

/** The payments of everyone in the account, the latest first, the last hundred; not those that others replaced. */
export async function myPayments(ctx: Ctx) {
  const rows = await db.payment.findMany({
    where: { AND: [visiblePayments(ctx), { OR: [{ isCurrent: true }, { paidAt: { not: null } }] }] },
    select: {
      ...paymentFields,
      appointment: {
        select: {
          ...{ id: true, reference: true, status: true, startsAt: true },
          patient: { select: { name: true } },
          doctor: { select: { user: { select: { name: true } } } },
          clinic: { select: { name: true, city: true, timeZone: true } }
        }
      }
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: MOST
  })
  return rows.map(({ appointment, ...row }) => mine(ctx, row, appointment))
}

type Visit = Prisma.AppointmentGetPayload<{ select: { id: true; reference: true; status: true; startsAt: true } }> & {
  patient: { name: string }
  doctor: { user: { name: string } }
  clinic: { name: string; city: string; timeZone: string }
}

function mine(ctx: Ctx, row: PaymentRow, { patient, doctor, clinic: { timeZone, ...clinic }, ...visit }: Visit) {
  return {
    ...paymentView(ctx, row, { status: visit.status, timeZone }),
    appointment: {
      ...visit,
      startsAt: onTheClock(visit.startsAt, timeZone),
      patient: patient.name,
      doctor: doctor.user.name,
      clinic
    }
  }
}
