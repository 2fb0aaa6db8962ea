import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { lengthOf, type Period, stepOf, stepsOf } from '../../scheduling/periods.ts'
import { freshness } from './freshness.ts'
import { added, type Counted, type CountedMoney, measured, moneyOf, moneySums, sums } from './measures.ts'
import { type Asked, type Scope, scopeOf, within } from './scope.ts'

interface ByDoctor extends Counted, CountedMoney {
  clinicId: string
  doctorId: string
}

interface ByDay extends Counted, CountedMoney {
  day: string
}

/**
 * How the clinics of this person did in a period of whole days by their own clocks, and in as many days before: in all,
 * over time, by clinic, by doctor, and by weekday and hour. Read from sums that `countHours` keeps. Throws NotFound for
 * a clinic or a doctor that isn't this person's.
 */
export async function report(ctx: Ctx, asked: Asked) {
  const scope = await scopeOf(ctx, asked)
  const [rows, days, daysBefore, hours, counted] = await Promise.all([
    byClinicAndDoctor(scope),
    byDay(scope, scope.period),
    byDay(scope, scope.before),
    byWeekdayAndHour(scope),
    freshness(ctx, scope.clinics)
  ])
  const doctors = await namesOf(rows)
  const currencies = [...new Set(scope.clinics.map(({ currency }) => currency))]
  const summed = (some: (Counted & CountedMoney)[]) => ({ ...measured(added(some)), ...moneyOf(currencies, some) })
  return {
    period: { ...written(scope.period), days: lengthOf(scope.period), step: stepOf(scope.period) },
    before: written(scope.before),
    clinic: asked.clinicId ? (scope.clinics[0] ?? null) : null,
    doctor: scope.doctor,
    counted,
    isEmpty: days.length + daysBefore.length === 0,
    totals: summed(rows),
    totalsBefore: summed(daysBefore),
    overTime: { now: inSteps(scope.period, days, summed), before: inSteps(scope.before, daysBefore, summed) },
    byClinic: scope.clinics.flatMap(({ timeZone: _, currency: __, ...clinic }) => {
      const own = rows.filter(({ clinicId }) => clinicId === clinic.id)
      return own.length ? [{ ...clinic, ...summed(own) }] : []
    }),
    byDoctor: doctors.map(doctor => ({ ...doctor, ...summed(rows.filter(({ doctorId }) => doctorId === doctor.id)) })),
    byHour: hours
  }
}

export type Report = Awaited<ReturnType<typeof report>>

const written = ({ from, to }: Period) => ({ from: from.toString(), to: to.toString() })

const byClinicAndDoctor = (scope: Scope) => db.$queryRaw<ByDoctor[]>`
  SELECT n.clinic_id AS "clinicId", n.doctor_id AS "doctorId", c.currency, ${sums}, ${moneySums}
  FROM day_numbers n JOIN clinics c ON c.id = n.clinic_id WHERE ${within(scope, scope.period)} GROUP BY 1, 2, 3`

/** In each currency for itself. */
const byDay = (scope: Scope, period: Period) => db.$queryRaw<ByDay[]>`
  SELECT n.day::text, c.currency, ${sums}, ${moneySums}
  FROM day_numbers n JOIN clinics c ON c.id = n.clinic_id WHERE ${within(scope, period)} GROUP BY 1, 2`

/** Of a doctor from the hours of that doctor, else from those of whole clinics. 1 is Monday. */
function byWeekdayAndHour(scope: Scope) {
  const source = scope.doctor ? Prisma.sql`hour_numbers` : Prisma.sql`clinic_hour_numbers`
  return db.$queryRaw<
    { weekday: number; hour: number; booked: number; visitMinutes: number; offeredMinutes: number }[]
  >`
    SELECT extract(isodow FROM n.day)::int AS weekday, n.hour, sum(n.booked)::float8 AS booked,
      sum(n.visit_minutes)::float8 AS "visitMinutes", sum(n.offered_minutes)::float8 AS "offeredMinutes"
    FROM ${source} n WHERE ${within(scope, scope.period)} GROUP BY 1, 2 ORDER BY 1, 2`
}

/** The doctors of some rows, those with most bookings first. */
async function namesOf(rows: ByDoctor[]) {
  const booked = new Map<string, number>()
  for (const row of rows) booked.set(row.doctorId, (booked.get(row.doctorId) ?? 0) + row.booked)
  const found = await db.doctor.findMany({
    where: { id: { in: [...booked.keys()] } },
    select: { id: true, user: { select: { name: true } }, specialization: { select: { name: true } } }
  })
  const doctors = found.map(({ id, user, specialization }) => ({
    id,
    name: user.name,
    specialization: specialization.name
  }))
  return doctors.sort(
    (a, b) =>
      (booked.get(b.id) ?? 0) - (booked.get(a.id) ?? 0) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
  )
}

/** A day or a week after the other, those without any number too. */
function inSteps<Summed>(period: Period, days: ByDay[], summed: (some: ByDay[]) => Summed) {
  const ofDay = Map.groupBy(days, ({ day }) => day)
  const span = stepOf(period) === 'day' ? 1 : 7
  return stepsOf(period).map(from => {
    const some = Array.from({ length: span }, (_, at) => ofDay.get(from.add({ days: at }).toString()) ?? [])
    return { from: from.toString(), ...summed(some.flat()) }
  })
}
