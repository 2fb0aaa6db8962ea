import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { dateColumn, dayAt, plainDate } from '../../scheduling/zone.ts'
import { pageOf, skipTo } from '../lists/pages.ts'
import { clinicsOf } from './admin-queries.ts'
import { daysOfClosure, duringDays, freeTimesOf, overlapping } from './plan-closures.ts'

const MOST_PAST = 10

const fields = {
  id: true,
  startsOn: true,
  endsOn: true,
  reason: true,
  clinic: { select: { id: true, name: true, city: true, timeZone: true } }
} satisfies Prisma.ClosureSelect

type Row = Prisma.ClosureGetPayload<{ select: typeof fields }>

/** Closures of this person's clinics, or of one: what is to come, a page at a time, and the latest that are over. */
export async function listClosures(ctx: Ctx, { clinicId, page }: { clinicId?: string; page: number }) {
  const clinic: Prisma.ClinicWhereInput = { AND: [clinicsOf(ctx), clinicId ? { id: clinicId } : {}] }
  const zones = await db.clinic.findMany({ where: clinic, select: { timeZone: true }, distinct: ['timeZone'] })
  const ending = (when: 'gte' | 'lt'): Prisma.ClosureWhereInput => ({
    clinic,
    OR: zones.map(({ timeZone }) => ({
      clinic: { timeZone },
      endsOn: { [when]: dateColumn(dayAt(ctx.now, timeZone)) }
    }))
  })
  const [total, coming, past] = await Promise.all([
    db.closure.count({ where: ending('gte') }),
    db.closure.findMany({
      where: ending('gte'),
      select: fields,
      orderBy: [{ startsOn: 'asc' }, { clinic: { name: 'asc' } }, { id: 'asc' }],
      ...skipTo(page)
    }),
    db.closure.findMany({ where: ending('lt'), select: fields, orderBy: { endsOn: 'desc' }, take: MOST_PAST })
  ])
  const shownNow = (row: Row) => shown(ctx, row)
  return { coming: coming.map(shownNow), past: page === 1 ? past.map(shownNow) : [], ...pageOf(total, page) }
}

/**
 * A closure that can be taken back, and how many free times come back when it is. Throws NotFound for that of somebody
 * else's clinic.
 */
export async function closureFor(ctx: Ctx, id: string) {
  const row = await db.closure.findFirst({ where: { AND: [{ id, clinic: clinicsOf(ctx) }] }, select: fields })
  if (!row) throw new NotFound()
  const days = plainDays(row)
  const others = await db.closure.findMany({
    where: { clinicId: row.clinic.id, id: { not: id }, ...overlapping(days) },
    select: fields
  })
  const stillClosed = others.map(other => duringDays(plainDays(other), row.clinic.timeZone))
  const freeTimes = await db.timeSlot.count({
    where: { AND: [freeTimesOf(ctx, row.clinic, [days]), { suspendedBy: 'CLOSURE', NOT: stillClosed }] }
  })
  return { ...shown(ctx, row), freeTimes }
}

const plainDays = ({ startsOn, endsOn }: Row) => ({ from: plainDate(startsOn), to: plainDate(endsOn) })

function shown(ctx: Ctx, { id, reason, clinic, ...row }: Row) {
  const days = daysOfClosure(row)
  const today = dayAt(ctx.now, clinic.timeZone).toString()
  const state = days.to < today ? 'OVER' : days.from <= today ? 'NOW' : 'COMING'
  return { id, clinic, ...days, reason, state }
}

/** The days of a clinic's booking window on which it is closed: for patients, so without the reason. */
export async function closedDays({ now }: Ctx, clinicId: string) {
  const clinic = await db.clinic.findFirst({
    where: { id: clinicId, deactivatedAt: null },
    select: { timeZone: true, bookingWindowDays: true }
  })
  if (!clinic) throw new NotFound()
  const today = dayAt(now, clinic.timeZone)
  const window = { from: today, to: today.add({ days: clinic.bookingWindowDays }) }
  const rows = await db.closure.findMany({
    where: { clinicId, ...overlapping(window) },
    select: { startsOn: true, endsOn: true },
    orderBy: [{ startsOn: 'asc' }, { endsOn: 'asc' }],
    distinct: ['startsOn', 'endsOn']
  })
  return rows.map(daysOfClosure)
}
