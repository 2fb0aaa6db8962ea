import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { may } from '../../permissions.ts'
import { isTooLateToChange } from '../../scheduling/rules.ts'
import { instantOf, toDate } from '../../scheduling/zone.ts'
import { changeStatus } from './change-status.ts'
import { appointmentFor } from './queries.ts'
import { noticeOf } from './suspended.ts'

export interface Cancellation {
  /** The team says why; a patient need not. */
  reason?: string | undefined
  /** Keeps what was paid: only late, and only for whoever may decide about refunds. */
  keepFee?: boolean
}

/**
 * Gives the slot back to the clinic at once. A patient may until the clinic's notice, or until the visit begins when the
 * clinic can't keep its time; the team may later, and the cancellation is then marked late. What was paid goes back,
 * unless it is kept. Throws Refusal when it is too late or over.
 */
export async function cancelAppointment(ctx: Ctx, id: string, { reason, keepFee = false }: Cancellation) {
  const { startsAt, clinic, timeslot } = await appointmentFor(ctx, id)
  const isPatient = ctx.actor.role === 'PATIENT'
  const late = isTooLateToChange(instantOf(startsAt), ctx.now, isPatient ? noticeOf({ clinic, timeslot }) : clinic)
  if (late && isPatient) throw refuse(null, 'booking:refusal.tooLate', { phone: clinic.phone })

  await transaction(tx =>
    changeStatus(tx, ctx, {
      id,
      to: 'CANCELLED',
      event: 'appointment.cancelled',
      data: {
        cancelledAt: toDate(ctx.now),
        cancelledById: ctx.actor.id,
        cancellationReason: reason ?? null,
        cancelledLate: late,
        sequence: { increment: 1 }
      },
      keepFee: keepFee && late && may(ctx.actor, 'payments.refund'),
      said: { late }
    })
  )
}
