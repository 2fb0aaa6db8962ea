import { ICalCalendar, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Temporal } from 'temporal-polyfill'
import { config } from '../../config.ts'
import { paths } from '../../paths.ts'
import { toDate } from '../../scheduling/zone.ts'
import type { AppointmentView } from './queries.ts'

/**
 * An appointment for a patient's own calendar (RFC 5545). The UID never changes and the sequence rises with each
 * change, so that a calendar updates what it has. Times are in UTC; the title says nothing about health.
 */
export function calendarFile(appointment: AppointmentView, sequence: number, now: Temporal.Instant) {
  const { id, clinic, doctor, reference, startsAt, endsAt, status } = appointment
  const calendar = new ICalCalendar({
    prodId: { company: 'Docket', product: 'Docket' },
    method: ICalCalendarMethod.PUBLISH
  })
  calendar.createEvent({
    id: `${id}@${new URL(config.baseUrl).hostname}`,
    sequence,
    stamp: toDate(now),
    start: new Date(startsAt),
    end: new Date(endsAt),
    summary: `${clinic.name}: ${doctor.name}`,
    location: `${clinic.name}, ${clinic.address}, ${clinic.city}`,
    description: `${reference}\n${clinic.phone}`,
    url: config.baseUrl + paths.booking.appointments.show(id),
    status: ['CANCELLED', 'REJECTED'].includes(status) ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
  })
  return calendar.toString()
}
