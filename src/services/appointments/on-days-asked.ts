import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { boundsOf, dayAt, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import type { AppointmentSearch } from './admin-list.ts'

/** Appointments on the days asked for, each by its own clinic's clock. */
export async function onDaysAsked(ctx: Ctx, search: Days): Promise<Prisma.AppointmentWhereInput> {
  const asked = await daysAsked(ctx, search)
  if (!asked) return {}
  const { whole, zones } = asked
  return { startsAt: whole, OR: zones.map(({ clinicIds, between }) => ({ clinicId: clinicIds, startsAt: between })) }
}

type Days = Pick<AppointmentSearch, 'from' | 'to'> & { when?: AppointmentSearch['when'] }

/**
 * The days asked for as instants: a day, today too, begins at another one in each zone, whose clinics are named. `whole`
 * goes from the first to the last of all zones, which an index can look up. Null when no day is asked for.
 */
export async function daysAsked(ctx: Ctx, { when, from, to }: Days) {
  const isToday = when === 'today' || when === 'day'
  if (!isToday && !from && !to) return null
  const clinics = await db.clinic.findMany({ where: clinicsOf(ctx), select: { id: true, timeZone: true } })
  const zones = [...Map.groupBy(clinics, ({ timeZone }) => timeZone)]
  const bounds = (timeZone: string) => {
    const today = isToday && dayAt(ctx.now, timeZone)
    const first = from ? Temporal.PlainDate.from(from) : today
    const last = to ? Temporal.PlainDate.from(to) : when === 'day' && today
    return {
      ...(first && { gte: toDate(boundsOf(first, timeZone)[0]) }),
      ...(last && { lt: toDate(boundsOf(last, timeZone)[1]) })
    }
  }
  const each = zones.map(([timeZone]) => bounds(timeZone))
  const whole = { ...edge('gte', Math.min), ...edge('lt', Math.max) }
  function edge(side: 'gte' | 'lt', furthest: (...times: number[]) => number) {
    const times = each.flatMap(bound => bound[side]?.valueOf() ?? [])
    return times.length ? { [side]: new Date(furthest(...times)) } : {}
  }
  const inZone = (some: { id: string }[]) => ({ in: some.map(({ id }) => id) })
  return {
    whole,
    zones: zones.map(([timeZone, some]) => ({ clinicIds: inZone(some), between: bounds(timeZone) }))
  }
}

/**
 * The first and last day that are asked for, `YYYY-MM-DD`, as far as they are: today is a clinic's, or that of UTC for
 * several.
 */
export async function daysNamed(ctx: Ctx, { when, from, to, clinicId }: AppointmentSearch) {
  if (when !== 'day') return [from, to]
  const where = { AND: [clinicsOf(ctx), clinicId ? { id: clinicId } : {}] }
  const [clinic, ...others] = await db.clinic.findMany({ where, select: { timeZone: true }, distinct: ['timeZone'] })
  const today = dayAt(ctx.now, clinic && !others.length ? clinic.timeZone : 'UTC').toString()
  return [from ?? today, to ?? today]
}
