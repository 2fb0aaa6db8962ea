import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound, refuse } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { type Days, wholeDays } from '../../scheduling/time-off.ts'
import { dateColumn, dayAt, dayOf, isDayAfter, toDate } from '../../scheduling/zone.ts'
import { hitsOf, touching } from '../appointments/hits.ts'
import { standing } from '../appointments/transitions.ts'
import { clinicsOf } from './admin-queries.ts'

const MOST_YEARS = 2

/** Days are `YYYY-MM-DD` of the clinic's calendar, first and last included; without a last one it is a single day. */
export interface ClosedDays {
  from: string
  to?: string
  reason: string
}

export interface ClosureWish {
  clinicId: string
  days: ClosedDays[]
}

/** A clinic in use whose days this person may close. Throws NotFound. */
export async function clinicToClose(ctx: Ctx, id: string) {
  const clinic = await db.clinic.findFirst({
    where: { AND: [{ id, deactivatedAt: null }, clinicsOf(ctx)] },
    select: { id: true, name: true, city: true, timeZone: true }
  })
  if (!clinic) throw new NotFound()
  return clinic
}

/**
 * Works out which days a clinic will be closed. Throws NotFound, and a Refusal for days that have passed or are too
 * far away.
 */
export async function planClosures(ctx: Ctx, { clinicId, days }: ClosureWish) {
  const clinic = await clinicToClose(ctx, clinicId)
  const today = dayAt(ctx.now, clinic.timeZone)
  const closures = days.map(({ from, to = from, reason }) => ({
    from: Temporal.PlainDate.from(from),
    to: Temporal.PlainDate.from(to),
    reason
  }))
  for (const { from, to } of closures) {
    if (isDayAfter(today, from)) throw refuse('from', 'admin:closures.errors.fromPast')
    if (isDayAfter(from, to)) throw refuse('to', 'admin:closures.errors.order')
    if (isDayAfter(to, today.add({ years: MOST_YEARS })))
      throw refuse('to', 'admin:closures.errors.tooFar', { count: MOST_YEARS })
  }
  return { clinic, closures }
}

/** What closing days would do, before they are closed: who is booked then, and how many free times go off offer. */
export async function previewClosures(ctx: Ctx, wish: ClosureWish) {
  const { clinic, closures } = await planClosures(ctx, wish)
  const taken = closures.map(days => ({ clinicId: clinic.id, ...wholeDays(days, clinic.timeZone) }))
  const [hit, freeTimes, already] = await Promise.all([
    hitsOf(ctx, taken),
    db.timeSlot.count({ where: { AND: [freeTimesOf(ctx, clinic, closures), { suspendedBy: null }] } }),
    db.closure.findMany({ where: { clinicId: clinic.id, OR: closures.map(overlapping) }, select: columns })
  ])
  const { hits, hitsElsewhere: _ } = hit
  return {
    clinic: { id: clinic.id, name: clinic.name, city: clinic.city },
    closures: closures.map(({ from, to, reason }) => ({ from: from.toString(), to: to.toString(), reason })),
    hits,
    freeTimes,
    already: already.map(daysOfClosure)
  }
}

const columns = { startsOn: true, endsOn: true } as const

/** First and last day of a closure, `2026-12-25`. */
export const daysOfClosure = ({ startsOn, endsOn }: { startsOn: Date; endsOn: Date }) => ({
  from: dayOf(startsOn),
  to: dayOf(endsOn)
})

/** Closures that have a day in common with these. */
export const overlapping = ({ from, to }: Days): Prisma.ClosureWhereInput => ({
  startsOn: { lte: dateColumn(to) },
  endsOn: { gte: dateColumn(from) }
})

/** Times to come on some days of a clinic that nobody has. */
export const freeTimesOf = (
  ctx: Ctx,
  clinic: { id: string; timeZone: string },
  closures: Days[]
): Prisma.TimeSlotWhereInput => ({
  clinicId: clinic.id,
  isAvailable: true,
  withdrawnAt: null,
  startsAt: { gt: toDate(ctx.now) },
  OR: closures.map(days => duringDays(days, clinic.timeZone)),
  appointments: { none: standing(ctx) }
})

/** Whatever has a moment in common with some days by a clinic's clock. */
export const duringDays = (days: Days, timeZone: string) => touching(wholeDays(days, timeZone))
