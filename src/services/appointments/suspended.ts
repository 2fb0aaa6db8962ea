import type { Temporal } from 'temporal-polyfill'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  timeslot: { suspendedBy: Suspension | null }
}

/** Why a visit can't take place at its time, while it can still be moved or called off; else null. */
export const whySuspended = ({ status, startsAt, timeslot }: Visit, now: Temporal.Instant) =>
  (status === 'BOOKED' || status === 'CONFIRMED') && startsAt.valueOf() > now.epochMilliseconds
    ? timeslot.suspendedBy
    : null
