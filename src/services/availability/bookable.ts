import { Temporal } from 'temporal-polyfill'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'

/**
 * SQL over `s` (time_slots), `c` (its clinic) and `d` (its doctor): the one place that says when a slot is offered.
 * scheduling/rules.ts says the same of a single start.
 */
export function bookable(now: Temporal.Instant) {
  const at = toDate(now)
  return Prisma.sql`s.is_available AND s.withdrawn_at IS NULL
    AND c.deactivated_at IS NULL AND d.deactivated_at IS NULL
    AND s.starts_at >= ${at}::timestamptz + c.minimum_notice_minutes * interval '1 minute'
    AND ${isInWindow(at)}
    AND NOT EXISTS (
      SELECT 1 FROM appointments a
      WHERE a.timeslot_id = s.id AND a.status IN ('HELD', 'BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')
        AND NOT (a.status = 'HELD' AND a.hold_expires_at <= ${at}::timestamptz))`
}

const isInWindow = (at: Date) => Prisma.sql`(s.starts_at AT TIME ZONE c.time_zone)::date
  <= (${at}::timestamptz AT TIME ZONE c.time_zone)::date + c.booking_window_days`

/** Slots still to come and inside the window, free or not. */
export function shown(now: Temporal.Instant) {
  const at = toDate(now)
  return Prisma.sql`s.withdrawn_at IS NULL AND s.starts_at > ${at}::timestamptz AND ${isInWindow(at)}`
}

/** A day by a slot's own clinic's clock. The bounds are for the index: no zone is further than 14 hours from UTC. */
export function onDay(day: string) {
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant()
  return Prisma.sql`s.starts_at BETWEEN ${toDate(noon.subtract({ hours: 26 }))} AND ${toDate(noon.add({ hours: 26 }))}
    AND (s.starts_at AT TIME ZONE c.time_zone)::date = ${day}::date`
}
