import type { Temporal } from 'temporal-polyfill'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'
import { isToBeSeen } from './to-be-seen.ts'

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  clinic: { timeZone: string }
  timeslot: { suspendedBy: Suspension | null }
}

/** Why a visit can't take place at its time, while it stands on the worklist; else null. */
export const whySuspended = (visit: Visit, now: Temporal.Instant) =>
  isToBeSeen(visit, now) ? visit.timeslot.suspendedBy : null
