import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { Tx } from '../../database/transaction.ts'
import { NotFound } from '../../errors.ts'
import type { Prisma } from '../../generated/client.ts'
import { toDate } from '../../scheduling/zone.ts'

/**
 * How long after a visit its doctor may still read the patient's record. A year covers results that come late,
 * questions afterwards and the yearly review; whoever is not expected again by then is no longer in the doctor's care.
 */
const TREATED_FOR_DAYS = 365

/** Appointments that make the doctor who asks one who treats: to come, going on, or over for less than a year. */
export const treating = ({ actor, now }: Ctx): Prisma.AppointmentWhereInput =>
  actor.role === 'DOCTOR' && actor.doctorId
    ? {
        doctorId: actor.doctorId,
        status: { in: ['BOOKED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED'] },
        endsAt: { gt: toDate(now.subtract({ hours: 24 * TREATED_FOR_DAYS })) }
      }
    : { id: { in: [] } }

const shown = {
  id: true,
  name: true,
  relation: true,
  dateOfBirth: true,
  sex: true,
  emergencyContact: true,
  allergies: true,
  phone: true,
  account: { select: { name: true, phone: true, email: true } }
} satisfies Prisma.PatientSelect

/** A patient of the doctor who asks, or null: nobody else has patients. */
export const treatedPatient = (ctx: Ctx, id: string, client: Tx = db) =>
  client.patient.findFirst({ where: { id, appointments: { some: treating(ctx) } }, select: shown })

/** The same. Throws NotFound of everybody else, as if there were no such person. */
export async function patientTreated(ctx: Ctx, id: string, client: Tx = db) {
  const patient = await treatedPatient(ctx, id, client)
  if (!patient) throw new NotFound()
  return patient
}
