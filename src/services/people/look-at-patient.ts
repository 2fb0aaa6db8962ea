import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { upcoming } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { presentPayment, presentView } from '../payments/view.ts'
import { patientSeen } from './patient-queries.ts'

const MOST_PAST = 20

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  timeslot: { select: { isExtra: true } },
  payments: presentPayment,
  doctor: { select: { user: { select: { name: true } }, specialization: { select: { name: true } } } },
  clinic: { select: { name: true, city: true, timeZone: true } }
} as const

/**
 * How to reach a patient, as `patientSeen` tells it. The look is written down before anything is shown. Throws
 * NotFound.
 */
export async function lookUpPatient(ctx: Ctx, id: string) {
  const patient = await patientSeen(ctx, id)
  const [clinicId, isAmongMany] = ctx.actor.clinicIds
  const at = clinicId && !isAmongMany ? { clinicId } : {}
  await record(db, ctx, 'patient.viewed', { type: 'patient', id, ...at })
  return patient
}

/**
 * How to reach a patient, and the appointments at this person's clinics: what is to come, soonest first, and the latest
 * that are over. Nothing about health. The look is written down before anything is shown. Throws NotFound.
 */
export async function lookAtPatient(ctx: Ctx, id: string) {
  const patient = await lookUpPatient(ctx, id)
  const isToCome = { status: { in: [...upcoming] }, endsAt: { gt: toDate(ctx.now) } }
  const mine: Prisma.AppointmentWhereInput = { patientId: id, status: { notIn: ['HELD', 'EXPIRED'] } }
  const [next, past] = await Promise.all([
    visits(ctx, { AND: [mine, visibleTo(ctx), isToCome] }, { order: 'asc' }),
    visits(ctx, { AND: [mine, visibleTo(ctx), { NOT: isToCome }] }, { order: 'desc', most: MOST_PAST })
  ])
  return { patient, next, past }
}

interface Part {
  order: 'asc' | 'desc'
  most?: number
}

async function visits(ctx: Ctx, where: Prisma.AppointmentWhereInput, { order, most }: Part) {
  const rows = await db.appointment.findMany({
    where,
    select: fields,
    orderBy: [{ startsAt: order }, { id: 'asc' }],
    ...(most && { take: most })
  })
  return rows.map(({ startsAt, timeslot, doctor, clinic: { timeZone, ...clinic }, payments, ...row }) => ({
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    timeZone,
    isExtra: timeslot.isExtra,
    payment: presentView(ctx, payments, { status: row.status, timeZone }),
    doctor: { name: doctor.user.name, specialization: doctor.specialization.name },
    clinic
  }))
}
