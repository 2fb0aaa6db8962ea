import { ICalAttendeeStatus, ICalCalendar, type ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Temporal } from 'temporal-polyfill'
import { config } from '../../config.ts'
import { toDate } from '../../scheduling/zone.ts'

interface Somebody {
  name: string
  email: string
}

/** An appointment as a calendar keeps it: nothing in it tells of health. */
export interface VisitEvent {
  /** The appointment's, and how often it has changed. */
  id: string
  sequence: number
  /** Instants. */
  startsAt: Date
  endsAt: Date
  isOff: boolean
  title: string
  location: string
  description: string
  url: string
  /** Who invites and who is invited, where a calendar is mailed (RFC 5546). */
  organizer?: Somebody
  attendee?: Somebody
}

/** An empty calendar of this product's; without a method it is one to follow. */
export const newCalendar = (method: ICalCalendarMethod | null = null) =>
  new ICalCalendar({ prodId: { company: 'Docket', product: 'Docket' }, method })

/**
 * Adds an appointment to a calendar (RFC 5545). The UID never changes and the sequence rises with each change, so that a
 * calendar updates what it has. Times are in UTC. Nobody is asked to answer: who gets it is taken to come.
 */
export function addVisit(calendar: ICalCalendar, visit: VisitEvent, now: Temporal.Instant) {
  const { id, sequence, startsAt, endsAt, isOff, title, location, description, url, organizer, attendee } = visit
  calendar.createEvent({
    id: `${id}@${new URL(config.baseUrl).hostname}`,
    sequence,
    stamp: toDate(now),
    start: startsAt,
    end: endsAt,
    summary: line(title),
    location: line(location),
    description,
    url,
    status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(organizer && { organizer: { ...organizer, name: named(organizer.name) } }),
    ...(attendee && {
      attendees: [{ ...attendee, name: named(attendee.name), rsvp: false, status: ICalAttendeeStatus.ACCEPTED }]
    })
  })
}

const line = (said: string) => said.replace(/[\p{Cc}\s]+/gu, ' ').trim()
/** What a parameter's value can't hold (RFC 5545, 3.2). */
const named = (name: string) => line(name.replaceAll('"', '’'))
