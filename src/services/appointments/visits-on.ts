import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { dayOf, instantOf, onTheClock } from '../../scheduling/zone.ts'
import { type DoctorClinic, onDays, ownDoctorId } from '../availability/doctor-clinics.ts'
import { presentPayment, presentView } from '../payments/view.ts'
import { firstVisits } from './first-visits.ts'
import { visibleTo } from './queries.ts'
import { stepsFor } from './steps.ts'
import { whySuspended } from './suspended.ts'
import { afterMove } from './transitions.ts'

const fields = {
  id: true,
  reference: true,
  status: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  feeMinor: true,
  currency: true,
  timeslotId: true,
  checkedInAt: true,
  patientId: true,
  patient: { select: { id: true, name: true, dateOfBirth: true } },
  timeslot: { select: { suspendedBy: true, isExtra: true } },
  doctor: { select: { deactivatedAt: true } },
  clinic: { select: { id: true, name: true, timeZone: true, deactivatedAt: true } },
  room: { select: { name: true } },
  payments: presentPayment
} satisfies Prisma.AppointmentSelect

/**
 * The appointments of some of a doctor's days, in order, cancelled ones included; each clinic's days by its own clock.
 */
export async function visitsOn(ctx: Ctx, clinics: DoctorClinic[], from: Temporal.PlainDate, days: number) {
  const rows = await db.appointment.findMany({
    where: { AND: [visibleTo(ctx), { OR: onDays(clinics, from, days) }] },
    select: fields,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
  })
  const isFirst = await firstVisits(ownDoctorId(ctx), rows)
  return rows.map(row => {
    const { timeZone, deactivatedAt, ...clinic } = row.clinic
    const isBookable = !deactivatedAt && !row.doctor.deactivatedAt
    return {
      id: row.id,
      reference: row.reference,
      status: row.status,
      startsAt: onTheClock(row.startsAt, timeZone),
      endsAt: onTheClock(row.endsAt, timeZone),
      timeZone,
      clinicId: clinic.id,
      clinic,
      room: row.room?.name ?? null,
      patient: { ...row.patient, dateOfBirth: row.patient.dateOfBirth && dayOf(row.patient.dateOfBirth) },
      reason: row.reason,
      isFirstVisit: isFirst(row),
      fee: { amountMinor: row.feeMinor, currency: row.currency },
      payment: presentView(ctx, row.payments, { status: row.status, timeZone }),
      timeslotId: row.timeslotId,
      isExtra: row.timeslot.isExtra,
      checkedInAt: row.checkedInAt && onTheClock(row.checkedInAt, timeZone),
      waitingMinutes: row.status === 'CHECKED_IN' && row.checkedInAt ? minutesSince(row.checkedInAt, ctx.now) : null,
      suspendedBy: whySuspended(row, ctx.now),
      canMove: isBookable && afterMove(ctx.actor.role, row.status) !== null,
      steps: stepsFor(ctx, row)
    }
  })
}

export type Visit = Awaited<ReturnType<typeof visitsOn>>[number]

const minutesSince = (date: Date, now: Temporal.Instant) =>
  Math.max(0, Math.floor((now.epochMilliseconds - instantOf(date).epochMilliseconds) / 60_000))
