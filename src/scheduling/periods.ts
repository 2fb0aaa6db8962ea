import { Temporal } from 'temporal-polyfill'
import { daysFrom } from './zone.ts'

/** Periods of whole calendar days, first and last included, that reports tell of. */
export interface Period {
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** Named by how many days that are over, or by what the calendar calls them. */
export const PERIODS = ['7', '30', '90', 'month', 'last-month', 'year'] as const

export type PeriodName = (typeof PERIODS)[number]

const LONGEST = 3 * 366

/**
 * What a name means on a day: all but the days of this month end the day before, since a day that runs is no whole day.
 */
export function periodNamed(name: PeriodName, today: Temporal.PlainDate): Period {
  const yesterday = today.subtract({ days: 1 })
  const first = today.with({ day: 1 })
  if (name === 'month') return { from: first, to: today.day === 1 ? today : yesterday }
  if (name === 'last-month') return { from: first.subtract({ months: 1 }), to: first.subtract({ days: 1 }) }
  if (name === 'year') return { from: today.subtract({ years: 1 }), to: yesterday }
  return { from: today.subtract({ days: Number(name) }), to: yesterday }
}

/**
 * From one day to another as they were typed, whichever comes first; thirty days when one is missing, three years at
 * most.
 */
export function periodBetween(from: string | undefined, to: string | undefined, today: Temporal.PlainDate): Period {
  const yesterday = today.subtract({ days: 1 })
  const end = to ? Temporal.PlainDate.from(to) : undefined
  const start = from ? Temporal.PlainDate.from(from) : (end ?? yesterday).subtract({ days: 29 })
  const [first = start, last = start] = [start, end ?? yesterday].sort(Temporal.PlainDate.compare)
  const earliest = last.subtract({ days: LONGEST - 1 })
  return { from: Temporal.PlainDate.compare(first, earliest) < 0 ? earliest : first, to: last }
}

export const lengthOf = ({ from, to }: Period) => from.until(to).days + 1

/** As many days, just before. */
export const periodBefore = (period: Period): Period => ({
  from: period.from.subtract({ days: lengthOf(period) }),
  to: period.from.subtract({ days: 1 })
})

const MOST_DAYS = 100

/** Days for three months, weeks beyond: as many points as can be told apart. */
export const stepOf = (period: Period) => (lengthOf(period) > MOST_DAYS ? 'week' : 'day')

/**
 * The first day of each step of a period. Weeks are whole, counted back from the last day: days before the first whole
 * week are in none, for a shorter week beside others would look like a fall.
 */
export function stepsOf(period: Period) {
  const days = daysFrom(period.from, period.to)
  return stepOf(period) === 'day' ? days : days.filter((_, at) => (days.length - at) % 7 === 0)
}
