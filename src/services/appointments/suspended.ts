import type { Temporal } from 'temporal-polyfill'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'
import { isToBeSeen } from './to-be-seen.ts'

interface Visit {
  status: AppointmentStatus
  startsAt: Date
  clinic: { timeZone: string }
  timeslot: { suspendedBy: Suspension | null }
}

interface Kept {
  clinic: { cancellationNoticeMinutes: number }
  timeslot: { suspendedBy: Suspension | null }
}

/** How early a patient has to change a visit: none of the clinic's notice when it is the clinic that can't keep it. */
export const noticeOf = ({ clinic, timeslot }: Kept) => (timeslot.suspendedBy ? noNotice : clinic)

const noNotice = { cancellationNoticeMinutes: 0 }

/** Why a visit can't take place at its time, while it stands on the worklist; else null. */
export const whySuspended = (visit: Visit, now: Temporal.Instant) =>
  isToBeSeen(visit, now) ? visit.timeslot.suspendedBy : null
