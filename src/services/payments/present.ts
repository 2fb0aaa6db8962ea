import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import type { AppointmentStatus } from '../../generated/enums.ts'
import { type PaymentView, paymentFields, paymentView } from './view.ts'

interface Visit {
  id: string
  status: AppointmentStatus
  timeZone: string
}

/** The payment that stands for each of some visits, which the caller may see, by the visit's id. */
export async function presentPayments(ctx: Ctx, visits: Visit[]): Promise<Map<string, PaymentView>> {
  const known = new Map(visits.map(visit => [visit.id, visit]))
  if (known.size === 0) return new Map()
  const rows = await db.payment.findMany({
    where: { appointmentId: { in: [...known.keys()] }, isCurrent: true },
    select: { ...paymentFields, appointmentId: true }
  })
  return new Map(
    rows.flatMap(({ appointmentId, ...row }) => {
      const visit = known.get(appointmentId)
      return visit ? [[appointmentId, paymentView(ctx, row, visit)] as const] : []
    })
  )
}
