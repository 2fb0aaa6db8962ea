import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Prisma } from '../../generated/client.ts'
import { boundsOf, dayAt, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import type { AppointmentSearch } from './admin-list.ts'

/** Appointments on the days asked for, each by its own clinic's clock: a day, today too, begins at another instant in each zone. */
export async function onDaysAsked(
  ctx: Ctx,
  { when, from, to }: AppointmentSearch
): Promise<Prisma.AppointmentWhereInput> {
  if (when !== 'today' && !from && !to) return {}
  const clinics = await db.clinic.findMany({
    where: clinicsOf(ctx),
    select: { timeZone: true },
    distinct: ['timeZone']
  })
  const bounds = (timeZone: string) => {
    const first = from ? Temporal.PlainDate.from(from) : when === 'today' && dayAt(ctx.now, timeZone)
    return {
      ...(first && { gte: toDate(boundsOf(first, timeZone)[0]) }),
      ...(to && { lt: toDate(boundsOf(Temporal.PlainDate.from(to), timeZone)[1]) })
    }
  }
  return { OR: clinics.map(({ timeZone }) => ({ clinic: { timeZone }, startsAt: bounds(timeZone) })) }
}
