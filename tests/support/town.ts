import { Temporal } from 'temporal-polyfill'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { transaction } from '../../src/database/transaction.ts'
import { boundsOf, toDate } from '../../src/scheduling/zone.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { unsubscribeToken, visitToken } from '../../src/services/notifications/links.ts'
import { tellOfPayment } from '../../src/services/notifications/tell-of-payment.ts'
import { addUser as inviteUser } from '../../src/services/people/add-user.ts'
import { makeFeed } from '../../src/services/people/make-feed.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { addVisit } from '../browser/support/clinic.ts'
import { addCheckout, addSlots, addUser, hireDoctor, lookAfter, openClinic, registerPatient, workAt } from './world.ts'

/** One of everything, and everyone who might ask for it. */
export type Town = Awaited<ReturnType<typeof town>>

/** Roles as tests name them: the first of each pair is who things belong to. */
export const people = [
  'guest',
  'patient',
  'otherPatient',
  'doctor',
  'otherDoctor',
  'staff',
  'otherStaff',
  'admin'
] as const
export type Who = (typeof people)[number]

export async function town() {
  const [clinic, elsewhere] = [await openClinic(), await openClinic()]
  const [doctor, otherDoctor] = [await hireDoctor(clinic.id), await hireDoctor(elsewhere.id)]
  const slots = await addSlots(doctor.id, clinic, 12)
  const photo = { bytes: new Uint8Array(Buffer.from('/9j/2Q==', 'base64')), type: 'image/jpeg', hash: '0' }
  await db.doctorPhoto.create({ data: { doctorId: doctor.id, ...photo } })
  const rooms = ['Room 1', 'Room 2'].map(name => ({ clinicId: clinic.id, name }))
  const [room] = await db.room.createManyAndReturn({ data: rooms })
  const symptoms = [{ name: 'Severe chest pain', isEmergency: true }, { name: 'Skin rash' }]
  const [symptom] = await db.symptom.createManyAndReturn({ data: symptoms })
  const breaks = { create: { startMinutes: 600, endMinutes: 630 } }
  const hours = await workAt(doctor.id, clinic.id, 1, { breaks })
  const [patient, otherPatient] = [await registerPatient(), await registerPatient()]
  const dependent = await lookAfter(patient.id, 'Uma Obi')
  const [staff, otherStaff] = [await staffOf(clinic.id), await staffOf(elsewhere.id)]
  const admin = await addUser('ADMIN')

  const asPatient = await ctxOf(patient.id)
  const { id: appointment } = await bookAppointment(asPatient, { doctorId: doctor.id, timeslotId: slots[0]?.id ?? '' })
  const { id: hold } = await holdTimeslot(asPatient, { timeslotId: slots[1]?.id ?? '', patientId: dependent.id })
  const invited = await inviteUser(systemCtx(Temporal.Now.instant(), 'test'), {
    name: 'Ines Prat',
    email: 'ines@docket.example',
    role: 'STAFF',
    clinicIds: [clinic.id]
  })
  const seen = await visitWrittenUp({
    clinic,
    doctorId: doctor.id,
    patient,
    time: '09:00',
    days: -1,
    status: 'COMPLETED'
  })
  const mailedOf = await addVisit({ clinic, doctorId: doctor.id, patient, time: '15:00', days: 4 })
  const payment = await paidFor(seen.id, clinic.id)
  const mail = await receiptFor(payment.id)
  const away = await someoneIsAway(doctor.id, clinic, slots[0])
  const emails: Record<Who, string | undefined> = {
    guest: undefined,
    patient: patient.email,
    otherPatient: otherPatient.email,
    doctor: doctor.user.email,
    otherDoctor: otherDoctor.user.email,
    staff: staff.email,
    otherStaff: otherStaff.email,
    admin: admin.email
  }
  const checkout = await addCheckout()
  const event = await db.auditEvent.findFirstOrThrow({ where: { appointmentId: appointment }, select: { id: true } })
  const things: Record<string, string> = {
    '/booking/clinics': clinic.id,
    '/booking/doctors': doctor.id,
    '/booking/patients': dependent.id,
    '/booking/holds': hold,
    '/booking/appointments': appointment,
    '/notices': await noticeFor(patient.id, appointment),
    '/visits': visitToken({ id: mailedOf.id, sequence: 0, accountId: patient.id, email: patient.email }),
    '/unsubscriptions': unsubscribeToken(patient.id),
    '/booking/prescriptions': seen.prescription,
    '/booking/payments': payment.id,
    '/doctor/appointments': appointment,
    '/doctor/appointments/:id/notes': seen.id,
    '/doctor/appointments/:id/prescriptions': seen.id,
    '/doctor/patients': patient.patientId,
    '/doctor/notes': seen.note,
    '/doctor/prescriptions': seen.prescription,
    '/doctor/timeslots': slots[2]?.id ?? '',
    '/admin/timeslots': slots[3]?.id ?? '',
    '/doctor/working-hours': hours.id,
    '/doctor/time-off': away.timeOff,
    '/admin/appointments': appointment,
    '/admin/audit': String(event.id),
    '/admin/patients': patient.patientId,
    '/admin/payments': payment.id,
    '/admin/messages': await undelivered(patient.id, mailedOf.id, clinic.id),
    '/admin/clinics': clinic.id,
    '/admin/doctors': doctor.id,
    '/admin/rooms': room?.id ?? '',
    '/admin/specializations': doctor.specializationId,
    '/admin/symptoms': symptom?.id ?? '',
    '/admin/working-hours': hours.id,
    '/admin/time-off': away.timeOff,
    '/admin/closures': away.closure,
    '/admin/users': invited.id,
    '/auth/sessions': '0'.repeat(64),
    '/calendars': await makeFeed(asPatient, 'a form'),
    '/dev/mail': mail.id,
    '/test-gateway/checkouts': checkout.id,
    '/test-gateway/api/checkouts': checkout.id
  }
  return {
    clinic,
    elsewhere,
    doctor,
    otherDoctor,
    slots,
    patient,
    otherPatient,
    dependent,
    appointment,
    hold,
    invited,
    emails,
    things
  }
}

/** A route's path with the id of something that is there: of the route's own thing, if it has one. */
export function pathIn({ things }: Pick<Town, 'things'>, path: string) {
  const [, thing = ''] = /^((?:\/[\w-]+)+)\/:/.exec(path) ?? []
  const id = things[path] ?? things[thing]
  if (path.includes(':') && !id) throw new Error(`tests/support/town.ts has nothing for ${path}`)
  return path.replace(/:\w+/, id ?? '')
}

/** A visit that is over, with a note and a prescription that the patient sees. */
async function visitWrittenUp(visit: Parameters<typeof addVisit>[0]) {
  const { id } = await addVisit(visit)
  const { userId } = await db.doctor.findUniqueOrThrow({ where: { id: visit.doctorId } })
  const sharedAt = new Date()
  const note = await db.visitNote.create({
    data: { appointmentId: id, authorId: userId, text: 'Contact eczema.', sharedAt }
  })
  const item = { position: 0, medicine: 'Hydrocortisone 1% cream', dose: 'Twice a day', instructions: 'For 7 days' }
  const prescription = await db.prescription.create({
    data: { appointmentId: id, sharedAt, items: { create: [item] } }
  })
  return { id, note: note.id, prescription: prescription.id }
}

/** A visit that was paid for by card, long ago as far as its gateway is concerned. */
const paidFor = (appointmentId: string, clinicId: string) =>
  db.payment.create({
    data: {
      ...{
        appointmentId,
        clinicId,
        reference: 'TOWN-PAID',
        method: 'CARD',
        status: 'SUCCESS',
        amountMinor: 6000,
        currency: 'GBP'
      },
      ...{
        gateway: 'test',
        gatewayReference: 'town',
        transactionId: 'TXN-TOWN',
        receivedMinor: 6000,
        paidAt: new Date()
      }
    }
  })

/** A receipt that waits to be sent. */
async function receiptFor(paymentId: string) {
  const now = systemCtx(Temporal.Now.instant(), 'test')
  await transaction(tx => tellOfPayment(tx, now, 'payment.receipt', paymentId))
  return db.notification.findFirstOrThrow({ where: { kind: 'payment.receipt' }, select: { id: true } })
}

/** A mail that could not be delivered, about a visit to come. */
async function undelivered(recipientId: string, appointmentId: string, clinicId: string) {
  const at = new Date()
  const told = {
    kind: 'appointment.booked',
    channel: 'EMAIL',
    dedupeKey: 'town:failed',
    data: { sequence: 0 }
  } as const
  const failed = { status: 'FAILED', attempts: 1, lastAttemptAt: at, lastError: 'EENVELOPE 550 5.1.1 RCPT TO' } as const
  const { id } = await db.notification.create({
    data: { ...told, ...failed, recipientId, appointmentId, clinicId, sendAfter: at }
  })
  return id
}

/** A notice that nobody has read yet. */
async function noticeFor(recipientId: string, appointmentId: string) {
  const told = { kind: 'appointment.confirmed', channel: 'IN_APP', dedupeKey: 'town', data: {} } as const
  const at = new Date()
  const { id } = await db.notification.create({
    data: { ...told, recipientId, appointmentId, status: 'SENT', sentAt: at, sendAfter: at }
  })
  return id
}

/** A day off on which somebody is booked, and a day on which the clinic is closed. */
async function someoneIsAway(doctorId: string, clinic: { id: string; timeZone: string }, slot?: { id: string }) {
  const day = (days: number) => Temporal.Now.plainDateISO(clinic.timeZone).add({ days })
  const midnight = (days: number) => toDate(boundsOf(day(days), clinic.timeZone)[0])
  const whole = { startsAt: midnight(2), endsAt: midnight(3), reason: 'Annual leave' }
  const timeOff = await db.timeOff.create({ data: { doctorId, ...whole } })
  await db.timeSlot.updateMany({ where: { id: slot?.id ?? '' }, data: { suspendedBy: 'TIME_OFF' } })
  const on = new Date(`${day(20)}T00:00:00Z`)
  const closed = { clinicId: clinic.id, startsOn: on, endsOn: on, reason: 'Public holiday' }
  const closure = await db.closure.create({ data: closed })
  return { timeOff: timeOff.id, closure: closure.id }
}

async function staffOf(clinicId: string) {
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return user
}

async function ctxOf(userId: string): Promise<Ctx> {
  const actor = await accountFor(userId)
  if (!actor) throw new Error('no such account')
  return { actor, now: Temporal.Now.instant(), locale: 'en', requestId: 'test', address: null }
}
