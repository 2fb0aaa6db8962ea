import { ICalCalendarMethod } from 'ical-generator'
import type { Ctx } from '../../context.ts'
import type { Mail } from '../../gateways/email.ts'
import { entryForDoctor, entryForPatient } from '../appointments/calendar-entry.ts'
import { addVisit, newCalendar } from '../appointments/calendar-event.ts'
import type { Recipient } from './recipient.ts'
import type { Visit } from './visit-facts.ts'

/** How a visit is, or was, in whose calendar. */
interface Invited {
  visit: Visit
  sequence: number
  isOff: boolean
  isDoctors: boolean
}

/**
 * What the calendar of whoever gets a mail takes over from it (RFC 5546): the visit as it is now, or that it is off. The
 * clinic invites.
 */
export function invitation(ctx: Ctx, to: Recipient, { visit, sequence, isOff, isDoctors }: Invited): Mail['calendar'] {
  const { id, startsAt, endsAt, clinic, reference, room, patient, doctor } = visit
  const { name, email, address, city, phone } = clinic
  const told = { id, reference, address, city, phone, clinic: name, room: room?.name ?? null, patient: patient.name }
  const entry = isDoctors
    ? entryForDoctor(told, ctx.locale)
    : entryForPatient({ ...told, doctor: doctor.user.name, isSelf: patient.relation === 'SELF' }, ctx.locale)
  const people = { organizer: { name, email }, ...(to.email && { attendee: { name: to.name, email: to.email } }) }
  const method = isOff ? 'CANCEL' : 'REQUEST'
  const calendar = newCalendar(ICalCalendarMethod[method])
  addVisit(calendar, { id, sequence, startsAt, endsAt, isOff, ...entry, ...people }, ctx.now)
  return { method, content: `${calendar.toString()}\r\n` }
}
