import { randomUUID } from 'node:crypto'
import ICAL from 'ical.js'
import type { Email } from 'postal-mime'
import { Temporal } from 'temporal-polyfill'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import type { Prisma } from '../../src/generated/client.ts'
import { toDate } from '../../src/scheduling/zone.ts'
import { sendMessages } from '../../src/services/notifications/deliver.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import type { mailServer } from './mail-server.ts'
import { hireDoctor, lookAfter, openClinic, registerPatient } from './world.ts'

/** What nobody but the patient and the clinic is to read. */
export const healthWords = ['Oncology', 'lump', 'biopsy', 'Tamoxifen']

/** A clinic with a doctor, a mother and her child, at any time of the year. */
export async function surgery(said: Partial<Prisma.ClinicUncheckedCreateInput> = {}) {
  const clinic = await openClinic({ bookingWindowDays: 365, ...said })
  const doctor = await hireDoctor(clinic.id, { specialization: 'Oncology' })
  const ada = await registerPatient()
  const child = await lookAfter(ada.id, 'Maya Obi')

  /** A free time by the clinic's clock: `2026-12-01T09:30`. */
  function slot(time: string, doctorId = doctor.id) {
    const start = Temporal.PlainDateTime.from(time).toZonedDateTime(clinic.timeZone).toInstant()
    const times = { startsAt: toDate(start), endsAt: toDate(start.add({ minutes: 30 })) }
    return db.timeSlot.create({ data: { doctorId, clinicId: clinic.id, ...times } })
  }

  /** An appointment as it stands in the database. */
  async function visit(time: string, more: Partial<Prisma.AppointmentUncheckedCreateInput> = {}) {
    const { id: timeslotId, doctorId, clinicId, startsAt, endsAt } = await slot(time, more.doctorId)
    return db.appointment.create({
      data: {
        ...{ timeslotId, doctorId, clinicId, startsAt, endsAt, patientId: ada.patientId, bookedById: ada.id },
        ...{ reference: randomUUID().slice(0, 9).toUpperCase(), feeMinor: 6000, currency: 'GBP', status: 'BOOKED' },
        ...{ reason: 'A lump', ...more }
      }
    })
  }
  return { clinic, doctor, ada, child, slot, visit }
}

/** Somebody with an account, at a moment. */
export const as = async (userId: string, now: Temporal.Instant): Promise<Ctx> => ({
  ...systemCtx(now, 'test'),
  actor: (await accountFor(userId)) as Ctx['actor']
})

/** What is due by then, as it arrived, by whom it went to. */
export async function arriving(server: Awaited<ReturnType<typeof mailServer>>, now: Temporal.Instant) {
  server.mails.length = 0
  await sendMessages(systemCtx(now, 'test'))
  return (email: string) => server.mails.filter(mail => mail.to?.[0]?.address === email)
}

/** What a calendar program makes of a mail: the same twice, beside the text and as a file. */
export function invitationIn(mail: Email | undefined) {
  const parts = (mail?.attachments ?? []).filter(({ mimeType }) => /calendar|ics/.test(mimeType))
  const [first, second] = parts.map(({ content }) => new TextDecoder().decode(content as ArrayBuffer))
  if (!first) return null
  const calendar = new ICAL.Component(ICAL.parse(first))
  const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined)
  const property = (name: string) => event.component.getFirstProperty(name)
  const address = (name: string) => String(property(name)?.getFirstValue()).toLowerCase()
  return {
    types: parts.map(({ mimeType, method, disposition }) => [mimeType, method, disposition].filter(Boolean).join(' ')),
    isTwice: first === second,
    method: calendar.getFirstPropertyValue('method'),
    status: property('status')?.getFirstValue(),
    uid: event.uid,
    sequence: event.sequence,
    startsAt: event.startDate.toJSDate().toISOString(),
    endsAt: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    organizer: address('organizer'),
    attendee: address('attendee'),
    answer: [property('attendee')?.getParameter('rsvp'), property('attendee')?.getParameter('partstat')]
  }
}
