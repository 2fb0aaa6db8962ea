import { ICalCalendarMethod } from 'ical-generator'
import type { Ctx } from '../../context.ts'
import { entryForPatient } from './calendar-entry.ts'
import { addVisit, newCalendar } from './calendar-event.ts'
import type { AppointmentView } from './queries.ts'
import { isCalledOff } from './transitions.ts'

/** An appointment for a patient's own calendar, to be taken over by hand. Nothing in it tells of health. */
export function calendarFile({ now, locale }: Ctx, appointment: AppointmentView, sequence: number) {
  const { id, reference, clinic, doctor, patient, room, startsAt, endsAt, status } = appointment
  const { address, city, phone } = clinic
  const told = { id, reference, address, city, phone, room, clinic: clinic.name }
  const calendar = newCalendar(ICalCalendarMethod.PUBLISH)
  const visit = {
    ...{ id, sequence, startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
    isOff: isCalledOff(status),
    ...entryForPatient({ ...told, doctor: doctor.name, patient: patient.name, isSelf: patient.isSelf }, locale)
  }
  addVisit(calendar, visit, now)
  return calendar.toString()
}
