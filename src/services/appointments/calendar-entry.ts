import { config } from '../../config.ts'
import { helpers } from '../../helpers/index.ts'
import { translator } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import type { VisitEvent } from './calendar-event.ts'

/** What a calendar may be told of a visit. */
export interface CalendarVisit {
  id: string
  reference: string
  patient: string
  /** Whether it is of whoever has the account. */
  isSelf: boolean
  doctor: string
  clinic: string
  address: string
  city: string
  phone: string
  room: string | null
}

type Entry = Pick<VisitEvent, 'title' | 'location' | 'description' | 'url'>

/** What stands of a visit in the calendar of whoever looks after the patient; of others, for whom by initials. */
export function entryForPatient(visit: CalendarVisit, locale: string): Entry {
  const t = translator(locale)
  const { id, clinic, address, city, phone, doctor, room, patient, isSelf, reference } = visit
  const what = `${clinic}: ${doctor}`
  const [whose, which] = [
    t('auth:calendar.file.for', { name: patient }),
    t('auth:calendar.file.reference', { reference })
  ]
  return {
    title: isSelf ? what : t('auth:calendar.file.whose', { what, initials: helpers(locale).initials(patient) }),
    location: placed(clinic, room, address, city),
    description: [whose, which, phone].join('\n'),
    url: config.baseUrl + paths.booking.appointments.show(id)
  }
}

/** A doctor's calendar may lie open on a desk, or in another company's hands: nobody is named in it. */
export const entryForDoctor = (
  { id, clinic, room, patient, reference }: Pick<CalendarVisit, 'id' | 'clinic' | 'room' | 'patient' | 'reference'>,
  locale: string
): Entry => ({
  title: `${helpers(locale).initials(patient)} ${reference}`,
  location: placed(clinic, room),
  description: reference,
  url: config.baseUrl + paths.doctor.appointments.show(id)
})

const placed = (...parts: (string | null)[]) => parts.filter(Boolean).join(', ')
