import type { Temporal } from 'temporal-polyfill'
import { type Interval, overlaps, subtract } from './intervals.ts'
import { wholeDays } from './time-off.ts'
import { isDayAfter, whileClockShows } from './zone.ts'

/** Minutes past midnight by the clinic's clock. */
export interface Stretch {
  startMinutes: number
  endMinutes: number
}

/** One weekday at a clinic, week after week. Weekday 1 is Monday (ISO 8601); both dates belong to it. */
export interface WeeklyHours extends Stretch {
  clinicId: string
  timeZone: string
  weekday: number
  breaks: Stretch[]
  validFrom: Temporal.PlainDate
  validUntil: Temporal.PlainDate | null
}

/** Why somebody is not at work. */
export type AwayBy = 'TIME_OFF' | 'CLOSURE'

/** A closure shuts its clinic; time off is off at every clinic. */
export interface Away extends Interval {
  by: AwayBy
  clinicId?: string
}

/** Days on which a clinic is shut, first and last included, from midnight to midnight by its clock. */
export const closureOf = (
  clinic: { id: string; timeZone: string },
  from: Temporal.PlainDate,
  to: Temporal.PlainDate
): Away => ({ by: 'CLOSURE', clinicId: clinic.id, ...wholeDays({ from, to }, clinic.timeZone) })

/** Whether hours are kept on a day: its weekday, between the dates from and until which they are valid. */
export const isValidOn = (day: Temporal.PlainDate, { weekday, validFrom, validUntil }: WeeklyHours) =>
  day.dayOfWeek === weekday && !isDayAfter(validFrom, day) && !(validUntil && isDayAfter(day, validUntil))

/** The stretches that the hours of a day leave for work: less their breaks, whether or not anybody is away then. */
export function shiftsOn(day: Temporal.PlainDate, hours: WeeklyHours): Interval[] {
  if (!isValidOn(day, hours)) return []
  const shown = ({ startMinutes, endMinutes }: Stretch) =>
    whileClockShows(day, startMinutes, endMinutes, hours.timeZone)
  return subtract(shown(hours), hours.breaks.flatMap(shown))
}

/** What keeps somebody from being seen at a clinic at some time, or null: time off comes before closures. */
export function awayThen(at: Interval & { clinicId: string }, away: Away[]): Away | null {
  const found = awayFrom(at.clinicId, away).filter(each => overlaps(each, at))
  return found.find(({ by }) => by === 'TIME_OFF') ?? found[0] ?? null
}

/** When a doctor can be seen by these hours on a day: working hours less breaks, closures and time off. */
export const openingsOn = (day: Temporal.PlainDate, hours: WeeklyHours, away: Away[]): Interval[] =>
  subtract(shiftsOn(day, hours), awayFrom(hours.clinicId, away))

const awayFrom = (clinic: string, away: Away[]) => away.filter(({ clinicId }) => !clinicId || clinicId === clinic)

const WEEKS_OF_A_YEAR = 53

/**
 * The first day on or after `from` on which two weekly hours would have one person in two places, or null. In one zone
 * a week tells; two zones drift apart and back as their clocks change, so a year is looked at.
 */
export function firstClash(a: WeeklyHours, b: WeeklyHours, from: Temporal.PlainDate): Temporal.PlainDate | null {
  const first = [a.validFrom, b.validFrom.subtract({ days: 1 }), from].reduce((x, y) => (isDayAfter(x, y) ? x : y))
  const monday = first.add({ days: (a.weekday - first.dayOfWeek + 7) % 7 })
  for (let week = 0; week < WEEKS_OF_A_YEAR; week++) {
    const day = monday.add({ weeks: week })
    if (a.validUntil && isDayAfter(day, a.validUntil)) return null
    const near = [-1, 0, 1].flatMap(days => shiftsOn(day.add({ days }), b))
    if (shiftsOn(day, a).some(shift => near.some(other => overlaps(shift, other)))) return day
  }
  return null
}
