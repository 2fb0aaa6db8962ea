import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { timesByDoctor } from '../availability/times-by-doctor.ts'
import { phoneOf, reach } from '../people/patient-queries.ts'
import { appointmentFor, view } from './queries.ts'

const TIMES_EACH = 5
const TIMES_OF_ONE = 24

/**
 * An appointment and the doctors at its clinic it could be given to, those of the same specialization first and told
 * apart, each with the free times nearest to its own at which the patient has nothing else; none when it can't be
 * given; and the number to ring. Throws NotFound.
 */
export async function otherDoctorsFor(ctx: Ctx, id: string, doctorId?: string) {
  const row = await appointmentFor(ctx, id)
  const appointment = view(ctx, row)
  const wanted = {
    clinicId: row.clinic.id,
    notDoctorId: row.doctorId,
    patientId: row.patientId,
    exceptAppointmentId: id,
    near: row.startsAt
  }
  const others = appointment.canReassign ? await timesByDoctor(ctx, wanted, doctorId ? TIMES_OF_ONE : TIMES_EACH) : []
  const isSame = ({ doctor }: (typeof others)[number]) =>
    Number(doctor.specialization === row.doctor.specialization.name)
  const patient = await db.patient.findUniqueOrThrow({
    where: { id: row.patientId },
    select: reach
  })
  const sorted = others.toSorted((a, b) => isSame(b) - isSame(a))
  return {
    appointment,
    phone: phoneOf(patient),
    doctors: sorted.map(({ doctor }) => doctor),
    others: (doctorId ? sorted.filter(({ doctor }) => doctor.id === doctorId) : sorted).map(each => ({
      ...each,
      isSameField: isSame(each) === 1
    }))
  }
}
