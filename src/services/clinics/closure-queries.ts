import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { dateColumn, dayAt, plainDate } from '../../scheduling/zone.ts'
import { containing, everyPart, ordered, pageOf, skipTo } from '../lists/pages.ts'
import { clinicsOf } from './admin-queries.ts'
import { daysOfClosure, duringDays, freeTimesOf, overlapping } from './plan-closures.ts'

const LATEST = { skip: 0, take: 10 }

const fields = {
  id: true,
  startsOn: true,
  endsOn: true,
  reason: true,
  clinic: { select: { id: true, name: true, city: true, timeZone: true } }
} satisfies Prisma.ClosureSelect

type Row = Prisma.ClosureGetPayload<{ select: typeof fields }>

export interface ClosureSearch {
  /** Part of the reason, or of a clinic's name or city. */
  q?: string
  clinicId?: string
  /** Those that are over; else what is to come. */
  when?: 'over'
  sort?: Column | `-${Column}`
}

type Column = 'startsOn' | 'clinic'

/**
 * Closures of this person's clinics, or of one: what is to come, a page at a time, and the latest that are over; or only
 * what is over, the latest first.
 */
export async function listClosures(ctx: Ctx, { page, ...search }: ClosureSearch & { page: number }) {
  const isOver = search.when === 'over'
  const where = await narrowed(ctx, search)
  const [total, rows, latest] = await Promise.all([
    db.closure.count({ where }),
    found(where, search, skipTo(page)),
    isOver || page > 1 ? [] : found(await narrowed(ctx, { ...search, when: 'over' }), { when: 'over' }, LATEST)
  ])
  const here = rows.map(row => shown(ctx, row))
  const past = isOver ? here : latest.map(row => shown(ctx, row))
  return { coming: isOver ? [] : here, past, ...pageOf(total, page) }
}

/** All of what is to come or, if asked for, of what is over, in the same order. */
export async function* everyClosure(ctx: Ctx, search: ClosureSearch) {
  const where = await narrowed(ctx, search)
  for await (const row of everyPart(part => found(where, search, part))) yield shown(ctx, row)
}

function found(where: Prisma.ClosureWhereInput, { when, sort }: ClosureSearch, part: { skip: number; take: number }) {
  const { by, direction } = ordered<Column>(sort ?? (when === 'over' ? '-startsOn' : 'startsOn'))
  const first = by === 'clinic' ? { clinic: { name: direction } } : { [by]: direction }
  const orderBy = [first, { startsOn: 'asc' as const }, { clinic: { name: 'asc' as const } }, { id: 'asc' as const }]
  return db.closure.findMany({ where, select: fields, orderBy, ...part })
}

async function narrowed(ctx: Ctx, { q, clinicId, when }: ClosureSearch): Promise<Prisma.ClosureWhereInput> {
  const clinic: Prisma.ClinicWhereInput = { AND: [clinicsOf(ctx), clinicId ? { id: clinicId } : {}] }
  const zones = await db.clinic.findMany({ where: clinic, select: { timeZone: true }, distinct: ['timeZone'] })
  const ends = when === 'over' ? 'lt' : 'gte'
  return {
    clinic,
    AND: containing<Prisma.ClosureWhereInput>(q, text => [
      { reason: text },
      { clinic: { name: text } },
      { clinic: { city: text } }
    ]),
    OR: zones.map(({ timeZone }) => ({
      clinic: { timeZone },
      endsOn: { [ends]: dateColumn(dayAt(ctx.now, timeZone)) }
    }))
  }
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
