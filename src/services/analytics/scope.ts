import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import { Prisma } from '../../generated/client.ts'
import { type Period, type PeriodName, periodBefore, periodBetween, periodNamed } from '../../scheduling/periods.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { doctorsOf } from '../people/doctor-queries.ts'

export interface Asked {
  period?: PeriodName
  /** First and last day, `YYYY-MM-DD`; they come before `period`. */
  from?: string
  to?: string
  clinicId?: string
  doctorId?: string
}

/** What a report is about: whole days by each clinic's own clock, at clinics of this person's. */
export interface Scope {
  period: Period
  before: Period
  clinics: ClinicInScope[]
  doctor: { id: string; name: string } | null
  /** Whether these are all clinics there are: then nothing need be left out. */
  isEverywhere: boolean
}

interface ClinicInScope {
  id: string
  name: string
  city: string
  timeZone: string
  currency: string
}

/** Reads what is asked for through the person. Throws NotFound for a clinic or a doctor that isn't this person's. */
export async function scopeOf(ctx: Ctx, asked: Asked): Promise<Scope> {
  const { clinicId, doctorId } = asked
  const [clinics, doctor] = await Promise.all([clinicsAsked(ctx, clinicId), doctorAsked(ctx, doctorId)])
  if (clinicId && clinics.length === 0) throw new NotFound()

  const today = earliestToday(ctx, clinics)
  const period =
    asked.from || asked.to ? periodBetween(asked.from, asked.to, today) : periodNamed(asked.period ?? '30', today)
  return {
    period,
    before: periodBefore(period),
    clinics,
    doctor,
    isEverywhere: ctx.actor.role === 'ADMIN' && !clinicId
  }
}

const clinicsAsked = (ctx: Ctx, id: string | undefined) =>
  db.clinic.findMany({
    where: { AND: [clinicsOf(ctx), id ? { id } : {}] },
    select: { id: true, name: true, city: true, timeZone: true, currency: true },
    orderBy: [{ name: 'asc' }, { city: 'asc' }]
  })

async function doctorAsked(ctx: Ctx, id: string | undefined) {
  if (!id) return null
  const found = await db.doctor.findFirst({
    where: { AND: [{ id }, doctorsOf(ctx)] },
    select: { id: true, user: { select: { name: true } } }
  })
  if (!found) throw new NotFound()
  return { id: found.id, name: found.user.name }
}

/** The day before it is over at every clinic. */
export function earliestToday({ now }: Ctx, clinics: { timeZone: string }[]) {
  const zones = new Set(clinics.map(({ timeZone }) => timeZone))
  const [first] = [...zones].map(zone => dayAt(now, zone)).sort(Temporal.PlainDate.compare)
  return first ?? dayAt(now, 'UTC')
}

/** The rows of `n` that a scope speaks of, in one of its periods, as SQL. */
export const within = (
  { clinics, doctor, isEverywhere }: Omit<Scope, 'period' | 'before'>,
  { from, to }: Period
) => Prisma.sql`
  n.day BETWEEN ${from.toString()}::date AND ${to.toString()}::date
  ${isEverywhere ? Prisma.empty : Prisma.sql`AND n.clinic_id = ANY(${clinics.map(({ id }) => id)}::uuid[])`}
  ${doctor ? Prisma.sql`AND n.doctor_id = ${doctor.id}::uuid` : Prisma.empty}`
