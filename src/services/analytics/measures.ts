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

/** Money of the same rows, in the minor unit of a clinic's currency: amounts in several are never added up. */
export interface CountedMoney {
  currency: string
  feeMinor: number
  receivedMinor: number
  refundedMinor: number
}

/** Its sums, to be asked for by `c.currency`. */
export const moneySums = Prisma.sql`
  coalesce(sum(n.fee_minor), 0)::float8 AS "feeMinor", coalesce(sum(n.received_minor), 0)::float8 AS "receivedMinor",
  coalesce(sum(n.refunded_minor), 0)::float8 AS "refundedMinor"`

/** What they come to in each of these currencies, if there was anything. */
export function moneyOf(currencies: string[], rows: CountedMoney[]) {
  const sums = currencies.map(currency => {
    const own = rows.filter(row => row.currency === currency)
    const sum = (of: keyof Omit<CountedMoney, 'currency'>) => own.reduce((all, row) => all + row[of], 0)
    return { currency, fees: sum('feeMinor'), received: sum('receivedMinor'), refunded: sum('refundedMinor') }
  })
  const paid = sums.filter(({ received }) => received > 0)
  const amounts = (some: typeof sums, of: (sum: (typeof sums)[number]) => number) =>
    some.map(sum => ({ amountMinor: of(sum), currency: sum.currency }))
  return {
    fees: amounts(
      sums.filter(({ fees }) => fees > 0),
      ({ fees }) => fees
    ),
    received: amounts(paid, ({ received }) => received),
    refunded: amounts(paid, ({ refunded }) => refunded),
    /** What was received and not refunded. */
    revenue: amounts(paid, ({ received, refunded }) => received - refunded)
  }
}

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
