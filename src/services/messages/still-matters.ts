import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'

/** SQL: failures that nobody has seen to, with what tells whether they matter. An index has them; it keeps few. */
export const openFailures = Prisma.sql`
  notifications n
  LEFT JOIN appointments a ON a.id = n.appointment_id LEFT JOIN clinics c ON c.id = n.clinic_id
  LEFT JOIN users r ON r.id = n.recipient_id LEFT JOIN patients p ON p.id = n.patient_id
  WHERE n.status = 'FAILED' AND n.seen_to_at IS NULL AND n.closed_at IS NULL`

/** When it is, or was, as far as they know. */
const known = Prisma.sql`coalesce((n.data->>'from')::timestamptz, (n.data->>'startsAt')::timestamptz, a.starts_at)`
/** When they have to be there, of what was moved. */
const present = Prisma.sql`CASE WHEN n.kind LIKE '%.moved' THEN a.starts_at END`
/** What somebody who was not told comes for, or waits for, in vain. */
const isInVain = Prisma.sql`
  n.kind IN ('appointment.cancelled', 'appointment.rejected', 'appointment.moved', 'doctor.cancelled', 'doctor.moved')`
const wasTaken = Prisma.sql`n.kind = 'doctor.cancelled' AND n.data->>'formerDoctorId' IS NOT NULL`
const today = ({ now }: Ctx) =>
  Prisma.sql`(${toDate(now)}::timestamptz AT TIME ZONE coalesce(c.time_zone, 'UTC'))::date`

/** SQL: when somebody comes of whom that still matters; null of money and accounts. */
export const comesAt = Prisma.sql`
  CASE WHEN n.kind NOT LIKE 'payment.%' THEN CASE WHEN ${isInVain} THEN least(${present}, ${known}) ELSE a.starts_at END END`

/**
 * SQL: whether it is still worth a call. News of a visit is until it begins or has changed since; that it is off, or at
 * another time, until the end of the day on which they may come, by the clinic's clock. Money and accounts matter until
 * somebody sees to them; a link with which one chooses a password, for a day.
 */
export const stillMatters = (ctx: Ctx) => Prisma.sql`
  (r.erased_at IS NULL AND p.archived_at IS NULL AND CASE
    WHEN n.kind = 'account.reset' THEN n.created_at > ${toDate(ctx.now.subtract({ hours: 24 }))}
    WHEN n.kind = 'doctor.agenda' THEN (n.data->>'day')::date >= ${today(ctx)}
    WHEN n.appointment_id IS NULL OR n.kind LIKE 'payment.%' THEN true
    WHEN (n.data->>'sequence')::int < a.sequence AND NOT (${wasTaken}) THEN false
    WHEN ${isInVain} THEN (${wasTaken} OR a.status NOT IN ('CHECKED_IN', 'COMPLETED'))
      AND (greatest(${present}, ${known}) AT TIME ZONE coalesce(c.time_zone, 'UTC'))::date >= ${today(ctx)}
    ELSE a.starts_at > ${toDate(ctx.now)} AND a.status NOT IN ('CHECKED_IN', 'COMPLETED', 'NO_SHOW') END)`
