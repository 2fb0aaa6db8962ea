import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '../../context.ts'
import { type Tx, transaction } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { prescriptionFields } from './queries.ts'
import { writeUp } from './visit-to-write-up.ts'

export interface Item {
  medicine: string
  dose: string
  instructions: string
}

interface NewPrescription {
  items: Item[]
  share: boolean
}

/**
 * Writes a prescription for a visit; sent twice, there is one. Returns its id. Throws NotFound of another doctor's
 * visit, and a Refusal before the patient is there or when the visit did not take place.
 */
export const writePrescription = (ctx: Ctx, appointmentId: string, { items, share }: NewPrescription) =>
  transaction(async tx => {
    const { clinicId } = await writeUp(tx, ctx, appointmentId)
    const there = await sameAs(tx, appointmentId, items)
    if (there) return there.id

    const now = toDate(ctx.now)
    const inOrder = items.map((item, position) => ({ ...item, position }))
    const { id } = await tx.prescription.create({
      data: { appointmentId, createdAt: now, sharedAt: share ? now : null, items: { create: inOrder } },
      select: { id: true }
    })
    const data = { appointmentId, items: items.length, shared: share }
    await record(tx, ctx, 'prescription.written', { type: 'prescription', id, clinicId, data })
    return id
  })

async function sameAs(tx: Tx, appointmentId: string, items: Item[]) {
  const written = await tx.prescription.findMany({ where: { appointmentId }, select: prescriptionFields })
  return written.find(prescription => isDeepStrictEqual(prescription.items, items))
}
