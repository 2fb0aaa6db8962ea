import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { Prisma } from '../../generated/client.ts'
import { dayAt, toDate } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'

interface Counted {
  toCollect: number
  paid: number
  pending: number
  failed: number
  refunded: number
}

/**
 * How the present payments of today's visits stand at this person's clinics, each clinic's day by its own clock, and
 * what of the money for this month's visits is there, each currency by itself: what went back is taken off. The latter
 * is as old as the numbers of reports are, a minute.
 */
export async function todaysMoney(ctx: Ctx) {
  const clinics = await db.clinic.findMany({
    where: { AND: [clinicsOf(ctx), { deactivatedAt: null }] },
    select: { id: true, timeZone: true, currency: true }
  })
  const ids = clinics.map(({ id }) => id)
  const [first] = clinics.map(({ timeZone }) => dayAt(ctx.now, timeZone).with({ day: 1 }).toString()).sort()
  const month = first ?? dayAt(ctx.now, 'UTC').with({ day: 1 }).toString()
  const [[counts], sums] = await Promise.all([standings(ctx, ids), receivedIn(month, ids)])
  const currencies = new Set(sums.filter(({ net }) => net !== 0).map(({ currency }) => currency))
  return {
    payments: counts ?? nothing,
    month,
    received: [...currencies].sort().map(currency => ({
      amountMinor: sums.reduce((sum, each) => (each.currency === currency ? sum + each.net : sum), 0),
      currency
    }))
  }
}

const nothing: Counted = { toCollect: 0, paid: 0, pending: 0, failed: 0, refunded: 0 }

const counted = (condition: Prisma.Sql) => Prisma.sql`count(*) FILTER (WHERE ${condition})::int`

function standings(ctx: Ctx, clinicIds: string[]) {
  const now = toDate(ctx.now)
  return db.$queryRaw<Counted[]>`
    SELECT ${counted(Prisma.sql`p.status = 'PENDING' AND p.method = 'PAY_AT_CLINIC'`)} AS "toCollect",
      ${counted(Prisma.sql`p.status = 'SUCCESS' AND p.refund_due_at IS NULL`)} AS paid,
      ${counted(Prisma.sql`p.status = 'PENDING' AND p.method <> 'PAY_AT_CLINIC'`)} AS pending,
      ${counted(Prisma.sql`p.status = 'FAILED' AND p.failure NOT IN ('CALLED_OFF', 'WAIVED')`)} AS failed,
      ${counted(Prisma.sql`p.status = 'REFUNDED' OR p.refund_due_at IS NOT NULL`)} AS refunded
    FROM clinics c
    JOIN appointments a ON a.clinic_id = c.id AND a.starts_at > ${now}::timestamptz - interval '26 hours'
      AND a.starts_at < ${now}::timestamptz + interval '26 hours'
    JOIN payments p ON p.appointment_id = a.id AND p.is_current
    WHERE c.id = ANY(${clinicIds}::uuid[]) AND a.status NOT IN ('HELD', 'EXPIRED')
      AND (a.starts_at AT TIME ZONE c.time_zone)::date = (${now}::timestamptz AT TIME ZONE c.time_zone)::date`
}

const receivedIn = (month: string, clinicIds: string[]) =>
  db.$queryRaw<{ currency: string; net: number }[]>`
    SELECT c.currency::text AS currency, sum(n.received_minor - n.refunded_minor)::float8 AS net
    FROM day_numbers n JOIN clinics c ON c.id = n.clinic_id
    WHERE n.clinic_id = ANY(${clinicIds}::uuid[]) AND n.day >= ${month}::date AND n.day < (${month}::date + interval '1 month')
    GROUP BY 1`
