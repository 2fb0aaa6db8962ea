import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { dayOf, onTheClock } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { treatedPatient } from './treating.ts'

export const noteFields = {
  id: true,
  text: true,
  sharedAt: true,
  createdAt: true,
  author: { select: { name: true } }
} satisfies Prisma.VisitNoteSelect

export const prescriptionFields = {
  id: true,
  sharedAt: true,
  createdAt: true,
  items: { select: { medicine: true, dose: true, instructions: true }, orderBy: { position: 'asc' } }
} satisfies Prisma.PrescriptionSelect

export const inOrder = [{ createdAt: 'asc' }, { id: 'asc' }] satisfies Prisma.VisitNoteOrderByWithRelationInput[]

/**
 * Which notes and prescriptions exist for this person: a doctor's of the doctor's own visits, a patient's once they are
 * shared. For the front desk and admins there are none.
 */
function readableBy(ctx: Ctx) {
  if (ctx.actor.role === 'DOCTOR') return { appointment: visibleTo(ctx) }
  if (ctx.actor.role === 'PATIENT') return { appointment: visibleTo(ctx), sharedAt: { not: null } }
  return { id: { in: [] } }
}

type NoteRow = Prisma.VisitNoteGetPayload<{ select: typeof noteFields }>
type PrescriptionRow = Prisma.PrescriptionGetPayload<{ select: typeof prescriptionFields }>

/** A note as it is shown, its times on the clinic's clock. */
export const noteView = ({ id, text, sharedAt, createdAt, author }: NoteRow, timeZone: string) => ({
  id,
  text,
  by: author.name,
  writtenAt: onTheClock(createdAt, timeZone),
  sharedAt: sharedAt && onTheClock(sharedAt, timeZone)
})

/** The same of a prescription. */
export const prescriptionView = ({ id, items, sharedAt, createdAt }: PrescriptionRow, timeZone: string) => ({
  id,
  items,
  writtenAt: onTheClock(createdAt, timeZone),
  sharedAt: sharedAt && onTheClock(sharedAt, timeZone)
})

interface Visit {
  id: string
  clinic: { timeZone: string }
}

/**
 * What was written for a visit, as far as the person who asks may read it; oldest first, times on the clinic's clock.
 */
export async function writtenAt(ctx: Ctx, { id, clinic: { timeZone } }: Visit) {
  const where = { AND: [{ appointmentId: id }, readableBy(ctx)] }
  const [notes, prescriptions] = await Promise.all([
    db.visitNote.findMany({ where, select: noteFields, orderBy: inOrder }),
    db.prescription.findMany({ where, select: prescriptionFields, orderBy: inOrder })
  ])
  return {
    notes: notes.map(note => noteView(note, timeZone)),
    prescriptions: prescriptions.map(prescription => prescriptionView(prescription, timeZone))
  }
}

/** A visit is written up at it or after it: once the patient is there. */
export const isWritable = (status: AppointmentStatus) => status === 'CHECKED_IN' || status === 'COMPLETED'

/** What the doctor of a visit has of it on record. Allergies are only known while the doctor treats the patient. */
export async function visitRecord(ctx: Ctx, visit: Visit & { patientId: string; status: AppointmentStatus }) {
  const [written, patient] = await Promise.all([writtenAt(ctx, visit), treatedPatient(ctx, visit.patientId)])
  return {
    ...written,
    isTreating: patient !== null,
    allergies: patient?.allergies ?? null,
    canWrite: ctx.actor.role === 'DOCTOR' && isWritable(visit.status)
  }
}

/** A note and the visit it is of. Throws NotFound of what this person may not read. */
export async function noteFor(ctx: Ctx, id: string) {
  const note = await db.visitNote.findFirst({
    where: { AND: [{ id }, readableBy(ctx)] },
    select: {
      ...noteFields,
      appointment: { select: { id: true, clinicId: true, clinic: { select: { timeZone: true } } } }
    }
  })
  if (!note) throw new NotFound()
  const { id: appointmentId, clinicId, clinic } = note.appointment
  return { ...noteView(note, clinic.timeZone), appointmentId, clinicId }
}

/** A prescription as it goes on paper. Throws NotFound of what this person may not read. */
export async function prescriptionFor(ctx: Ctx, id: string) {
  const row = await db.prescription.findFirst({
    where: { AND: [{ id }, readableBy(ctx)] },
    select: {
      ...prescriptionFields,
      appointment: {
        select: {
          id: true,
          startsAt: true,
          patient: { select: { id: true, name: true, dateOfBirth: true } },
          doctor: {
            select: {
              licenceNumber: true,
              user: { select: { name: true } },
              specialization: { select: { name: true } }
            }
          },
          clinic: { select: { id: true, name: true, address: true, city: true, phone: true, timeZone: true } }
        }
      }
    }
  })
  if (!row) throw new NotFound()
  const { patient, doctor, clinic, ...visit } = row.appointment
  const { timeZone, ...place } = clinic
  return {
    ...prescriptionView(row, timeZone),
    appointment: { id: visit.id, startsAt: onTheClock(visit.startsAt, timeZone) },
    patient: { ...patient, dateOfBirth: patient.dateOfBirth && dayOf(patient.dateOfBirth) },
    doctor: {
      name: doctor.user.name,
      specialization: doctor.specialization.name,
      licenceNumber: doctor.licenceNumber
    },
    clinic: place
  }
}

export type PrescriptionView = Awaited<ReturnType<typeof prescriptionFor>>
