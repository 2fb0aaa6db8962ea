import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { upcoming } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { patientSeen } from './patient-queries.ts'

const MOST_PAST = 20

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  timeslot: { select: { isExtra: true } },
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
    visits({ AND: [mine, visibleTo(ctx), isToCome] }, { order: 'asc' }),
    visits({ AND: [mine, visibleTo(ctx), { NOT: isToCome }] }, { order: 'desc', most: MOST_PAST })
  ])
  return { patient, next, past }
}

async function visits(where: Prisma.AppointmentWhereInput, { order, most }: { order: 'asc' | 'desc'; most?: number }) {
  const rows = await db.appointment.findMany({
    where,
    select: fields,
    orderBy: [{ startsAt: order }, { id: 'asc' }],
    ...(most && { take: most })
  })
  return rows.map(({ startsAt, timeslot, doctor, clinic: { timeZone, ...clinic }, ...row }) => ({
    ...row,
    startsAt: onTheClock(startsAt, timeZone),
    timeZone,
    isExtra: timeslot.isExtra,
    doctor: { name: doctor.user.name, specialization: doctor.specialization.name },
    clinic
  }))
}
