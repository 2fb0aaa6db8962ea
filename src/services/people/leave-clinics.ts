import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { upcoming } from '../appointments/transitions.ts'

/**
 * Ends a doctor's work at some clinics: the free times there are withdrawn, the weekly hours go. Throws a Refusal while
 * somebody has an appointment there.
 */
export async function leaveClinics(tx: Tx, ctx: Ctx, doctorId: string, clinicIds: string[]) {
  if (clinicIds.length === 0) return
  const now = toDate(ctx.now)
  const there = { doctorId, clinicId: { in: clinicIds } }
  const booked = await tx.appointment.findFirst({
    where: {
      ...there,
      endsAt: { gt: now },
      OR: [{ status: { in: [...upcoming] } }, { status: 'HELD', holdExpiresAt: { gt: now } }]
    },
    select: { clinic: { select: { name: true } } }
  })
  if (booked) throw refuse('clinicIds', 'admin:errors.clinicBooked', { clinic: booked.clinic.name })

  const isToCome = { ...there, startsAt: { gt: now }, withdrawnAt: null }
  await tx.timeSlot.updateMany({ where: isToCome, data: { withdrawnAt: now } })
  await tx.workingHours.deleteMany({ where: there })
  await tx.doctorClinic.deleteMany({ where: there })
}
