import type { Temporal } from 'temporal-polyfill'
import type { AppointmentStatus, Suspension } from '../../generated/enums.ts'
import { remindersOf } from '../../scheduling/reminders.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { whySuspended } from '../appointments/suspended.ts'
import { upcoming } from '../appointments/transitions.ts'
import type { Settings } from '../settings/settings.ts'
import type { MessageData, MessageKind, WhyDropped } from './kinds.ts'
import { hoursBefore } from './reminders.ts'

interface Told {
  kind: MessageKind
  data: MessageData
}

/** An appointment as it is now. */
interface Appointment {
  status: AppointmentStatus
  sequence: number
  startsAt: Date
  clinic: { timeZone: string }
  timeslot: { suspendedBy: Suspension | null }
}

/** What an appointment must be for its news to be so. What is left out: still to come. */
const ended: Partial<Record<MessageKind, AppointmentStatus>> = {
  'appointment.rejected': 'REJECTED',
  'appointment.cancelled': 'CANCELLED'
}

/**
 * Why a message to a patient about an appointment is not so any more as it stands `now`; null when it is. That one is
 * off is told even after its time: whoever went there wants to know why, and the calendar too.
 */
export function whyStale(told: Told, is: Appointment, allowed: Settings, now: Temporal.Instant): WhyDropped | null {
  const { kind, data } = told
  if (data.sequence !== undefined && data.sequence < is.sequence) return 'SUPERSEDED'
  const end = ended[kind]
  if (end) return is.status === end ? null : 'NOT_TRUE'
  if (!upcoming.some(status => status === is.status)) return 'NOT_TRUE'
  if (is.startsAt <= toDate(now)) return 'OVER'
  return kind === 'appointment.reminder' ? whyNoReminder(data, is, allowed, now) : null
}

/**
 * Whoever is there needs no reminder, nor does anybody come to a time that the clinic can't keep; and of two
 * that came late together, the one that is nearer to the visit says it.
 */
function whyNoReminder({ hours = 0 }: MessageData, is: Appointment, allowed: Settings, now: Temporal.Instant) {
  if (is.status === 'CHECKED_IN' || whySuspended(is, now)) return 'NOT_TRUE'
  const wanted = hoursBefore(allowed)
  const toComeOf = (some: number[]) => remindersOf(instantOf(is.startsAt), is.clinic.timeZone, some, now)
  // The settings may have changed since: one that is not meant any more is better than none at all.
  if (!wanted.includes(hours)) return wanted.length === 0 || toComeOf(wanted).length ? 'NOT_WANTED' : null
  const nearer = wanted.filter(each => each < hours)
  const toCome = toComeOf(nearer)
  return toCome.length < nearer.length ? 'SUPERSEDED' : null
}
