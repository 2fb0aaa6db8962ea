import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound, refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { patientSeen } from './patient-queries.ts'
import { ownId, patientFor, patientsOf } from './queries.ts'

interface Chosen {
  timeslotId: string
  patientId?: string
}

/**
 * Whom a booking is for: the one asked for, else the one the time is held for, else oneself. Whoever may book for
 * patients books for one of those they see. Throws NotFound for others'.
 */
export const patientToBookFor = (ctx: Ctx, chosen: Chosen) => asked(ctx, chosen, ([oneself]) => oneself)

/**
 * Whom a time is held for until that is asked on the next page: as for a booking, but rather the first of the account
 * who has nothing else then.
 */
export const patientToHoldFor = (ctx: Ctx, chosen: Chosen) =>
  asked(ctx, chosen, async patients => {
    const busy = patients.length > 1 ? await busyThen(patients, chosen.timeslotId) : []
    return patients.find(({ id }) => !busy.includes(id)) ?? patients[0]
  })

/**
 * Looks again, in the transaction that gives them a time, whether somebody still is a patient, and whoever books for
 * themselves still a patient's account: it may be archived, erased or on the team since. Reading it is what makes the
 * one clash with the other. Throws NotFound.
 */
export async function checkStillPatient(tx: Tx, { actor }: Ctx, id: string) {
  const isOwn = actor.role === 'PATIENT'
  const account = { id: actor.id ?? '', role: 'PATIENT', disabledAt: null } as const
  const still = { id, archivedAt: null, ...(isOwn && { account }) }
  const there = await tx.patient.findUnique({ where: still, select: { id: true } })
  if (!there) throw new NotFound()
}

type Patient = { id: string }
type Guess = (patients: Patient[]) => Patient | undefined | Promise<Patient | undefined>

async function asked(ctx: Ctx, { timeslotId, patientId }: Chosen, guess: Guess): Promise<Patient> {
  const isDesk = may(ctx.actor, 'appointments.book-for-patients')
  if (patientId) return isDesk ? patientSeen(ctx, patientId) : patientFor(ctx, patientId)
  const held = await db.appointment.findFirst({
    where: { bookedById: ownId(ctx), timeslotId, status: 'HELD' },
    select: { patient: { select: { id: true } } }
  })
  const patient = held?.patient ?? (await guess(await patientsOf(ctx)))
  if (!patient) throw refuse('patientId', 'booking:errors.patientId')
  return patient
}

async function busyThen(patients: Patient[], timeslotId: string) {
  const busy = await db.$queryRaw<Patient[]>`
    SELECT a.patient_id AS id FROM appointments a JOIN time_slots s ON s.id = ${timeslotId}::uuid
    WHERE a.patient_id = ANY(${patients.map(({ id }) => id)}::uuid[])
      AND a.status IN ('BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED')
      AND tstzrange(a.starts_at, a.ends_at) && tstzrange(s.starts_at, s.ends_at)`
  return busy.map(({ id }) => id)
}
