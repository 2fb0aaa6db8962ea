import { Temporal } from 'temporal-polyfill'
import { type Ctx, systemCtx } from '../../src/context.ts'
import { db } from '../../src/database/client.ts'
import { bookAppointment } from '../../src/services/appointments/book.ts'
import { holdTimeslot } from '../../src/services/appointments/hold.ts'
import { addUser as inviteUser } from '../../src/services/people/add-user.ts'
import { accountFor } from '../../src/services/people/queries.ts'
import { addSlots, addUser, hireDoctor, lookAfter, openClinic, registerPatient } from './world.ts'

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
  const things: Record<string, string> = {
    '/booking/clinics': clinic.id,
    '/booking/doctors': doctor.id,
    '/booking/patients': dependent.id,
    '/booking/holds': hold,
    '/booking/appointments': appointment,
    '/doctor/appointments': appointment,
    '/doctor/timeslots': slots[2]?.id ?? '',
    '/admin/appointments': appointment,
    '/admin/clinics': clinic.id,
    '/admin/doctors': doctor.id,
    '/admin/users': invited.id,
    '/auth/sessions': '0'.repeat(64)
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

/** A route's path with the id of something that is there. */
export function pathIn({ things }: Pick<Town, 'things'>, path: string) {
  const [, thing = ''] = /^(\/\w+\/[\w-]+)\/:/.exec(path) ?? []
  if (path.includes(':') && !things[thing]) throw new Error(`tests/support/town.ts has nothing for ${path}`)
  return path.replace(/:\w+/, things[thing] ?? '')
}

async function staffOf(clinicId: string) {
  const user = await addUser('STAFF')
  await db.staffClinic.create({ data: { userId: user.id, clinicId } })
  return user
}

async function ctxOf(userId: string): Promise<Ctx> {
  const actor = await accountFor(userId)
  if (!actor) throw new Error('no such account')
  return { actor, now: Temporal.Now.instant(), locale: 'en', requestId: 'test' }
}
