import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { boundsOf, dayAt, instantOf, toDate } from '../../scheduling/zone.ts'
import { isUpcoming, upcoming } from './transitions.ts'

// A visit is to be seen while it is upcoming, today by its clinic's clock or later: one rule, said three times.

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  clinic: { timeZone: string }
}

/** Whether somebody still has to see to a visit: it is of today, by the clinic's clock, or later. */
export const isToBeSeen = ({ status, startsAt, clinic: { timeZone } }: Visit, now: Temporal.Instant) =>
  upcoming.some(each => each === status) && dayAt(now, timeZone).until(dayAt(instantOf(startsAt), timeZone)).sign >= 0

/** The same as SQL, of appointments `a` of slots `s` at clinics `c`. */
export const isToBeSeenSql = ({ now }: Ctx) => Prisma.sql`(${isUpcoming}
  AND (s.starts_at AT TIME ZONE c.time_zone)::date >= (${toDate(now)}::timestamptz AT TIME ZONE c.time_zone)::date)`

/** The same as a filter for the database. */
export async function whereToBeSeen({ now }: Ctx): Promise<Prisma.AppointmentWhereInput> {
  const zones = await db.clinic.findMany({ select: { timeZone: true }, distinct: ['timeZone'] })
  return {
    status: { in: [...upcoming] },
    OR: zones.map(({ timeZone }) => ({
      clinic: { timeZone },
      startsAt: { gte: toDate(boundsOf(dayAt(now, timeZone), timeZone)[0]) }
    }))
  }
}
