import { Prisma } from '../../generated/client.ts'

/**
 * What the numbers count, as SQL over `a` (appointments), `p` (their payments), `s` (time slots), `c` (their clinic)
 * and `d` (a day of a doctor there). Each counts on the day and in the hour in which the visit begins by the clinic's
 * clock, whenever it was booked.
 */

/** Holds, and those that ran out, never became a booking. */
export const wasBooked = Prisma.sql`a.status NOT IN ('HELD', 'EXPIRED')`

/**
 * Money that came in for an appointment, and went back, in the clinic's currency. It belongs to the books of the visit's
 * hour whatever became of the visit: also when a hold had run out before it arrived, so that nobody was ever booked.
 */
export const received = Prisma.sql`CASE WHEN p.currency = c.currency THEN p.received_minor ELSE 0 END`
export const refunded = Prisma.sql`CASE WHEN p.currency = c.currency AND p.refunded_at IS NOT NULL THEN p.received_minor ELSE 0 END`

/** The visit took place, or is expected to. */
export const takesPlace = Prisma.sql`a.status IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')`

/**
 * A time that patients could or can book, or that one of them has: what is blocked, withdrawn, or in leave or a closure
 * counts only if a visit takes place in it nevertheless, and so does what was squeezed in. So visits never exceed it.
 */
export const isOffered = Prisma.sql`(
  (s.is_available AND NOT s.is_extra AND s.suspended_by IS NULL AND s.withdrawn_at IS NULL)
  OR EXISTS (SELECT FROM appointments a WHERE a.timeslot_id = s.id AND ${takesPlace}))`

/** From the booking to the visit; nothing for one that was written down when it had begun. */
export const leadMinutes = Prisma.sql`greatest(0, floor(extract(epoch FROM a.starts_at - a.created_at) / 60))`

const own = { a: Prisma.sql`a`, s: Prisma.sql`s` }

/** How long a slot or an appointment is. */
export const minutesOf = (of: keyof typeof own) =>
  Prisma.sql`(extract(epoch FROM ${own[of]}.ends_at - ${own[of]}.starts_at) / 60)::int`

/** An index finds what is about a day; whether it is of the day, the clinic's clock says. */
export const onThatDay = (of: keyof typeof own) => Prisma.sql`
  ${own[of]}.doctor_id = d.doctor_id AND ${own[of]}.clinic_id = d.clinic_id
  AND ${own[of]}.starts_at >= d.day::timestamp AT TIME ZONE c.time_zone - interval '3 hours'
  AND ${own[of]}.starts_at < (d.day + 1)::timestamp AT TIME ZONE c.time_zone + interval '3 hours'
  AND (${own[of]}.starts_at AT TIME ZONE c.time_zone)::date = d.day`
