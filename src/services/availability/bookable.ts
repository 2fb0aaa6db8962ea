import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/client.ts'
import { may } from '../../permissions.ts'
import { toDate } from '../../scheduling/zone.ts'
import { isLive } from '../appointments/transitions.ts'

/**
 * SQL over `s` (time_slots), `c` (its clinic) and `d` (its doctor): the one place that says when a slot can be had. It
 * must be offered, and free. scheduling/rules.ts says the same of a single start.
 */
export const bookable = (ctx: Ctx) => Prisma.sql`${offered(ctx)} AND ${free(ctx)}`

/**
 * Published, neither blocked nor suspended nor squeezed in for somebody, by a doctor and a clinic that take bookings;
 * outside the notice and inside the window, which do not bind those who book for patients.
 */
export function offered({ now, actor }: Ctx) {
  const at = toDate(now)
  const inTime = Prisma.sql`AND s.starts_at >= ${at}::timestamptz + c.minimum_notice_minutes * interval '1 minute'
    AND (s.starts_at AT TIME ZONE c.time_zone)::date
      <= (${at}::timestamptz AT TIME ZONE c.time_zone)::date + c.booking_window_days`
  return Prisma.sql`s.is_available AND s.withdrawn_at IS NULL AND s.suspended_by IS NULL AND NOT s.is_extra
    AND c.deactivated_at IS NULL AND d.deactivated_at IS NULL
    AND s.starts_at > ${at}::timestamptz ${may(actor, 'appointments.book-for-patients') ? Prisma.empty : inTime}`
}

/** Nobody has it. A hold that ran out keeps nobody away, and neither does one's own. */
export const free = ({ now, actor }: Ctx) => Prisma.sql`NOT EXISTS (
  SELECT 1 FROM appointments a
  WHERE a.timeslot_id = s.id AND ${isLive}
    AND NOT (a.status = 'HELD'
      AND (a.hold_expires_at <= ${toDate(now)}::timestamptz OR a.booked_by_id IS NOT DISTINCT FROM ${actor.id}::uuid)))`

/** A day by a slot's own clinic's clock. The bounds are for the index: no zone is further than 14 hours from UTC. */
export function onDay(day: string) {
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' }).toInstant()
  return Prisma.sql`s.starts_at BETWEEN ${toDate(noon.subtract({ hours: 26 }))} AND ${toDate(noon.add({ hours: 26 }))}
    AND (s.starts_at AT TIME ZONE c.time_zone)::date = ${day}::date`
}
