import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { onTheClock, toDate } from '../../scheduling/zone.ts'
import { presentPayment, presentView } from '../payments/view.ts'
import { phoneOf, reach } from '../people/patient-queries.ts'
import { visibleTo } from './queries.ts'

const LONGEST_DAY = 25

/**
 * Whom this person's clinics expected earlier today, each by its own clock, and who is not checked in: at most so many,
 * those who were to be there last, in order. `minutesLate` are whole minutes since then; `phone` is the number to reach
 * the patient by, or whoever looks after them.
 */
export async function lateVisits(ctx: Ctx, most: number) {
  const now = toDate(ctx.now)
  const rows = await db.appointment.findMany({
    where: {
      AND: [visibleTo(ctx)],
      status: { in: ['BOOKED', 'CONFIRMED'] },
      startsAt: { gt: toDate(ctx.now.subtract({ hours: LONGEST_DAY })), lte: now },
      clinic: { deactivatedAt: null }
    },
    select: {
      id: true,
      reference: true,
      status: true,
      startsAt: true,
      timeslotId: true,
      patient: { select: { id: true, name: true, ...reach } },
      doctor: { select: { id: true, user: { select: { name: true } } } },
      clinic: { select: { id: true, name: true, city: true, timeZone: true } },
      payments: presentPayment
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    take: most
  })
  const dayIn = (date: Date, timeZone: string) => onTheClock(date, timeZone).slice(0, 10)
  const isToday = ({ startsAt, clinic: { timeZone } }: (typeof rows)[number]) =>
    dayIn(startsAt, timeZone) === dayIn(now, timeZone)
  return rows
    .filter(isToday)
    .reverse()
    .map(({ startsAt, patient, doctor, clinic: { timeZone, ...clinic }, payments, ...row }) => ({
      ...row,
      startsAt: onTheClock(startsAt, timeZone),
      timeZone,
      minutesLate: Math.floor((now.valueOf() - startsAt.valueOf()) / 60_000),
      patient: { id: patient.id, name: patient.name },
      phone: phoneOf(patient),
      payment: presentView(ctx, payments, { status: row.status, timeZone }),
      doctor: { id: doctor.id, name: doctor.user.name },
      clinic
    }))
}
