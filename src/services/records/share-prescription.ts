import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { prescriptionFor } from './queries.ts'

/** From now on the patient sees it, for good; shared twice is shared once. Throws NotFound of another doctor's. */
export async function sharePrescription(ctx: Ctx, id: string) {
  const { appointment, clinic } = await prescriptionFor(ctx, id)

  await transaction(async tx => {
    const { count } = await tx.prescription.updateMany({
      where: { id, sharedAt: null },
      data: { sharedAt: toDate(ctx.now) }
    })
    const data = { appointmentId: appointment.id }
    if (count) await record(tx, ctx, 'prescription.shared', { type: 'prescription', id, clinicId: clinic.id, data })
  })
}
