import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { daysFrom } from '../../scheduling/zone.ts'
import { clinicsOf } from '../clinics/admin-queries.ts'
import { added, type Counted, nothing, sums } from './measures.ts'
import { earliestToday, within } from './scope.ts'

const DAYS = 14
const WEEKS = 8
const BUSIEST = 8
const MONTH = 30

/**
 * The last fortnight with today, the last eight whole weeks up to yesterday, whom most visits of the last thirty days
 * were with, and what became of all there ever were, at this person's clinics. Visits are bookings that were neither
 * cancelled nor turned down.
 */
export async function lately(ctx: Ctx) {
  const clinics = await db.clinic.findMany({
    where: { AND: [clinicsOf(ctx), { deactivatedAt: null }] },
    select: { id: true, name: true, city: true, timeZone: true, currency: true }
  })
  const today = earliestToday(ctx, clinics)
  const scope = { clinics, doctor: null, isEverywhere: false }
  const back = (days: number) => today.subtract({ days })
  const [rows, busiest, ever] = await Promise.all([
    db.$queryRaw<(Counted & { day: string })[]>`
      SELECT n.day::text, ${sums} FROM day_numbers n
      WHERE ${within(scope, { from: back(WEEKS * 7), to: today })} GROUP BY 1`,
    db.$queryRaw<{ id: string; name: string; visits: number }[]>`
      SELECT d.id, u.name, sum(n.booked - n.cancelled - n.rejected)::int AS visits
      FROM day_numbers n JOIN doctors d ON d.id = n.doctor_id JOIN users u ON u.id = d.user_id
      WHERE ${within(scope, { from: back(MONTH), to: back(1) })}
      GROUP BY d.id, u.name HAVING sum(n.booked - n.cancelled - n.rejected) > 0
      ORDER BY visits DESC, u.name, d.id LIMIT ${BUSIEST}`,
    outcomes(scope.clinics.map(({ id }) => id))
  ])
  const known = new Map(rows.map(row => [row.day, row]))
  const of = (days: (typeof today)[]) => visitsOf(added(days.map(day => known.get(day.toString()) ?? nothing)))
  const weeks = Array.from({ length: WEEKS }, (_, at) => back((WEEKS - at) * 7))
  return {
    days: daysFrom(back(DAYS - 1), today).map(day => ({ from: day.toString(), visits: of([day]) })),
    weeks: weeks.map(from => ({ from: from.toString(), visits: of(daysFrom(from, from.add({ days: 6 }))) })),
    busiest,
    ever
  }
}

const visitsOf = ({ booked, cancelled, rejected }: Counted) => booked - cancelled - rejected

async function outcomes(clinicIds: string[]) {
  const [row = nothing] = await db.$queryRaw<Counted[]>`
    SELECT ${sums} FROM day_numbers n WHERE n.clinic_id = ANY(${clinicIds}::uuid[])`
  const { booked, completed, cancelled, rejected, missed } = row
  return { booked, completed, cancelled, rejected, missed, open: booked - completed - cancelled - rejected - missed }
}
