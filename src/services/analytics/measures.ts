import { Prisma } from '../../generated/client.ts'

/** What reports count; services/analytics/what-counts.ts says how. */
export interface Counted {
  booked: number
  completed: number
  cancelled: number
  /** Those of them that came later than the clinic's notice. */
  cancelledLate: number
  rejected: number
  missed: number
  offeredMinutes: number
  visitMinutes: number
  leadMinutes: number
}

/** Sums over `n` (hour_numbers or day_numbers). As float8, which is exact up to 2⁵³ and a number in JavaScript. */
export const sums = Prisma.sql`
  coalesce(sum(n.booked), 0)::float8 AS booked, coalesce(sum(n.completed), 0)::float8 AS completed,
  coalesce(sum(n.cancelled), 0)::float8 AS cancelled, coalesce(sum(n.cancelled_late), 0)::float8 AS "cancelledLate",
  coalesce(sum(n.rejected), 0)::float8 AS rejected, coalesce(sum(n.missed), 0)::float8 AS missed,
  coalesce(sum(n.offered_minutes), 0)::float8 AS "offeredMinutes",
  coalesce(sum(n.visit_minutes), 0)::float8 AS "visitMinutes",
  coalesce(sum(n.lead_minutes), 0)::float8 AS "leadMinutes"`

const DAY = 24 * 60

/** Numbers that follow from the counted ones; null where there is nothing to divide by. */
export function measured({ leadMinutes, ...counted }: Counted) {
  const { booked, completed, missed, offeredMinutes, visitMinutes } = counted
  return {
    ...counted,
    /** Of the visits that should have taken place by now. */
    missedShare: shareOf(missed, completed + missed),
    utilisation: shareOf(visitMinutes, offeredMinutes),
    leadDays: booked ? leadMinutes / booked / DAY : null
  }
}

export type Measures = ReturnType<typeof measured>

const shareOf = (part: number, whole: number) => (whole ? part / whole : null)

/** The sum of several. */
export const added = (some: Counted[]): Counted =>
  some.reduce((sum, each) => {
    const pairs = Object.keys(nothing).map(name => [name, sum[name as keyof Counted] + each[name as keyof Counted]])
    return Object.fromEntries(pairs) as unknown as Counted
  }, nothing)

export const nothing: Counted = {
  ...{ booked: 0, completed: 0, cancelled: 0, cancelledLate: 0, rejected: 0, missed: 0 },
  ...{ offeredMinutes: 0, visitMinutes: 0, leadMinutes: 0 }
}
