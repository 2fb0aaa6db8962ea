import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { lockStatus } from '../appointments/change-status.ts'
import { appointmentFor } from '../appointments/queries.ts'
import { viewVisit } from '../appointments/visit.ts'
import { ownDoctorId } from '../availability/doctor-clinics.ts'
import { isWritable } from './queries.ts'

/** The doctor's own visit, to write something about it. Throws NotFound; a Refusal before the patient is there. */
export async function visitToWriteUp(ctx: Ctx, id: string) {
  const visit = await viewVisit(ctx, id)
  refuseUnwritable(ctx, visit.appointment.status)
  return visit
}

/** The same for one who is about to write: the visit's clinic, its status kept as it is until the transaction ends. */
export async function writeUp(tx: Tx, ctx: Ctx, id: string) {
  await appointmentFor(ctx, id)
  const now = await lockStatus(tx, id)
  refuseUnwritable(ctx, now?.status)
  return { clinicId: now?.clinicId ?? '' }
}

function refuseUnwritable(ctx: Ctx, status: AppointmentStatus | undefined) {
  ownDoctorId(ctx)
  if (status && isWritable(status)) return
  const isToCome = status === 'BOOKED' || status === 'CONFIRMED'
  throw refuse(null, isToCome ? 'records:refusal.notYet' : 'records:refusal.notHeld')
}
