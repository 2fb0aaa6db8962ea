import type { Temporal } from 'temporal-polyfill'
import { isBefore } from './intervals.ts'
import { dayAt } from './zone.ts'

/** What a clinic asks of those who book: notice in minutes, window in its own calendar days. */
export interface BookingRules {
  timeZone: string
  bookingWindowDays: number
  minimumNoticeMinutes: number
  cancellationNoticeMinutes: number
}

export type NotBookable = 'past' | 'notice' | 'window'

/** Why a start can't be booked now, or null when it can. The window counts today as day 0 and includes its last day. */
export function whyNotBookable(
  startsAt: Temporal.Instant,
  now: Temporal.Instant,
  rules: Pick<BookingRules, 'timeZone' | 'bookingWindowDays' | 'minimumNoticeMinutes'>
): NotBookable | null {
  if (isBefore(startsAt, now)) return 'past'
  if (isBefore(startsAt, now.add({ minutes: rules.minimumNoticeMinutes }))) return 'notice'
  const lastDay = dayAt(now, rules.timeZone).add({ days: rules.bookingWindowDays })
  return dayAt(startsAt, rules.timeZone).since(lastDay).sign > 0 ? 'window' : null
}

/** The same for the front desk, which knows what it does: only what has begun is over. */
export const whyDeskCannotBook = (startsAt: Temporal.Instant, now: Temporal.Instant): NotBookable | null =>
  isBefore(startsAt, now) ? 'past' : null

/** Whether it is too late for the patient to move or cancel: less than the clinic's notice is left. */
export const isTooLateToChange = (
  startsAt: Temporal.Instant,
  now: Temporal.Instant,
  { cancellationNoticeMinutes }: Pick<BookingRules, 'cancellationNoticeMinutes'>
) => isBefore(startsAt, now.add({ minutes: cancellationNoticeMinutes }))
