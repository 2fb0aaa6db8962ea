import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { toDate } from '../../scheduling/zone.ts'
import { newReference } from '../appointments/reference.ts'
import { retirePresent } from './retire.ts'

/** What an appointment costs, in the minor unit of its currency. */
export interface Owed {
  id: string
  clinicId: string
  feeMinor: number
  currency: string
}

/**
 * Notes that an appointment is paid for at the clinic, in the transaction that books it. A payment that was begun for it
 * counts no more. What costs nothing has no payment.
 */
export async function payAtClinic(tx: Tx, ctx: Ctx, { id, clinicId, feeMinor, currency }: Owed) {
  await retirePresent(tx, ctx, { id, clinicId })
  if (feeMinor === 0) return
  await tx.payment.create({
    data: {
      ...{ reference: newReference(), appointmentId: id, clinicId, method: 'PAY_AT_CLINIC' },
      ...{ amountMinor: feeMinor, currency },
      createdAt: toDate(ctx.now)
    },
    select: { id: true }
  })
}
