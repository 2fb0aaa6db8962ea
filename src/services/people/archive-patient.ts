import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { upcoming } from '../appointments/transitions.ts'
import { record } from '../audit/record.ts'
import { patientFor } from './queries.ts'

/**
 * Ends looking after someone; the history stays. Throws a Refusal for oneself and while there are appointments to come.
 */
export async function archivePatient(ctx: Ctx, id: string) {
  const { relation } = await patientFor(ctx, id)
  if (relation === 'SELF') throw refuse(null, 'errors:patient.self')
  const now = toDate(ctx.now)

  await transaction(async tx => {
    const open = await tx.appointment.findFirst({
      where: {
        patientId: id,
        OR: [
          { status: { in: [...upcoming] }, endsAt: { gt: now } },
          { status: 'HELD', holdExpiresAt: { gt: now } }
        ]
      },
      select: { id: true }
    })
    if (open) throw refuse(null, 'errors:patient.appointments')
    await tx.patient.update({ where: { id }, data: { archivedAt: now }, select: { id: true } })
    await record(tx, ctx, 'patient.archived', { type: 'patient', id })
  })
}
