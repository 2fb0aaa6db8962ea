import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { dayOf, instantOf, onTheClock } from '../../scheduling/zone.ts'
import { type DoctorClinic, onDays, ownDoctorId } from '../availability/doctor-clinics.ts'
import { firstVisits } from './first-visits.ts'
import { visibleTo } from './queries.ts'
import { stepsFor } from './steps.ts'

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
  clinic: { select: { id: true, name: true, timeZone: true } },
  room: { select: { name: true } }
} satisfies Prisma.AppointmentSelect

/** The appointments of a doctor's day, in order, cancelled ones included; each clinic's day by its own clock. */
export async function visitsOn(ctx: Ctx, clinics: DoctorClinic[], day: Temporal.PlainDate) {
  const rows = await db.appointment.findMany({
    where: { AND: [visibleTo(ctx), { OR: onDays(clinics, day, 1) }] },
    select: fields,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }]
  })
  const isFirst = await firstVisits(ownDoctorId(ctx), rows)
  return rows.map(row => {
    const { timeZone, ...clinic } = row.clinic
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
      timeslotId: row.timeslotId,
      checkedInAt: row.checkedInAt && onTheClock(row.checkedInAt, timeZone),
      waitingMinutes: row.status === 'CHECKED_IN' && row.checkedInAt ? minutesSince(row.checkedInAt, ctx.now) : null,
      steps: stepsFor(ctx, row)
    }
  })
}

export type Visit = Awaited<ReturnType<typeof visitsOn>>[number]

const minutesSince = (date: Date, now: Temporal.Instant) =>
  Math.max(0, Math.floor((now.epochMilliseconds - instantOf(date).epochMilliseconds) / 60_000))
