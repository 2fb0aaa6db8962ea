import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { transaction } from '../../database/transaction.ts'
import { dayAt, dayOf, onTheClock, toDate } from '../../scheduling/zone.ts'
import { visibleTo } from '../appointments/queries.ts'
import { record } from '../audit/record.ts'
import { ownDoctorId } from '../availability/doctor-clinics.ts'
import { phoneOf } from '../people/patient-queries.ts'
import { inOrder, noteFields, noteView, prescriptionFields, prescriptionView } from './queries.ts'
import { patientTreated, treating } from './treating.ts'

const MOST_VISITS = 50

/**
 * All that a doctor should know of a patient, and nothing that other doctors wrote: of their visits only the day, the
 * field and the clinic. Every look is written down before anything is shown; that is the one thing a GET may write.
 * Throws NotFound, and writes nothing, unless the doctor treats the patient.
 */
export async function viewPatient(ctx: Ctx, id: string) {
  const { account, phone, ...patient } = await transaction(async tx => {
    const treated = await patientTreated(ctx, id, tx)
    const latest = { where: { patientId: id, ...treating(ctx) }, orderBy: { startsAt: 'desc' } } as const
    const { clinicId } = await tx.appointment.findFirstOrThrow({ ...latest, select: { clinicId: true } })
    await record(tx, ctx, 'patient.viewed', { type: 'patient', id, clinicId })
    return treated
  })
  const [history, visits, elsewhere] = await Promise.all([historyOf(id), visitsHere(ctx, id), visitsElsewhere(ctx, id)])
  const contact = {
    name: account?.name ?? patient.name,
    phone: phoneOf({ phone, account }),
    email: account?.email ?? null
  }
  const timeZone = visits[0]?.clinic.timeZone ?? 'UTC'
  return {
    today: dayAt(ctx.now, timeZone).toString(),
    patient: { ...patient, dateOfBirth: patient.dateOfBirth && dayOf(patient.dateOfBirth), contact },
    history: history.map(({ recordedBy, since, createdAt, ...entry }) => ({
      ...entry,
      since: since && dayOf(since),
      by: recordedBy.name,
      recordedAt: onTheClock(createdAt, timeZone)
    })),
    visits: visits.map(({ clinic, startsAt, notes, prescriptions, ...visit }) => ({
      ...visit,
      startsAt: onTheClock(startsAt, clinic.timeZone),
      clinic: clinic.name,
      notes: notes.map(note => noteView(note, clinic.timeZone)),
      prescriptions: prescriptions.map(each => prescriptionView(each, clinic.timeZone))
    })),
    elsewhere: elsewhere.map(({ startsAt, clinic, doctor }) => ({
      on: onTheClock(startsAt, clinic.timeZone).slice(0, 10),
      specialization: doctor.specialization.name,
      clinic: clinic.name
    }))
  }
}

const historyOf = (patientId: string) =>
  db.historyEntry.findMany({
    where: { patientId },
    select: { id: true, text: true, since: true, createdAt: true, recordedBy: { select: { name: true } } },
    orderBy: [{ since: { sort: 'desc', nulls: 'last' } }, { createdAt: 'desc' }, { id: 'asc' }]
  })

const visitsHere = (ctx: Ctx, patientId: string) =>
  db.appointment.findMany({
    where: { AND: [{ patientId }, visibleTo(ctx)] },
    select: {
      id: true,
      startsAt: true,
      status: true,
      reason: true,
      clinic: { select: { name: true, timeZone: true } },
      notes: { select: noteFields, orderBy: inOrder },
      prescriptions: { select: prescriptionFields, orderBy: inOrder }
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    take: MOST_VISITS
  })

const visitsElsewhere = (ctx: Ctx, patientId: string) =>
  db.appointment.findMany({
    where: { patientId, doctorId: { not: ownDoctorId(ctx) }, status: 'COMPLETED', startsAt: { lt: toDate(ctx.now) } },
    select: {
      startsAt: true,
      clinic: { select: { name: true, timeZone: true } },
      doctor: { select: { specialization: { select: { name: true } } } }
    },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    take: MOST_VISITS
  })
