import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { wholeDays } from '../../scheduling/time-off.ts'
import { dateColumn, dayAt } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { publishClinic } from '../availability/publish-everyone.ts'
import { refuseWhenBusy } from '../availability/refuse-when-busy.ts'
import { openTimes } from './closed-times.ts'
import { closureFor } from './closure-queries.ts'

/**
 * The clinic is open after all: what was free is offered again, and who stands on the worklist for it comes off. A
 * closure that is running ends yesterday. Times that were never published are added doctor by doctor afterwards; what
 * goes wrong there is made good by the job that publishes. Throws NotFound, and a Refusal when it is over or too many
 * people book just then.
 */
export async function reopenClinicDays(ctx: Ctx, id: string) {
  const { clinic, from, to, state } = await closureFor(ctx, id)
  if (state === 'OVER') throw refuse(null, 'admin:closures.errors.isOver')
  const { id: clinicId, timeZone } = clinic
  const today = dayAt(ctx.now, timeZone)
  const isRunning = from < today.toString()
  const days = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) }

  const open = () =>
    transaction(async tx => {
      const { count } = isRunning
        ? await tx.closure.updateMany({ where: { id }, data: { endsOn: dateColumn(today.subtract({ days: 1 })) } })
        : await tx.closure.deleteMany({ where: { id } })
      if (count === 0) return false

      const visits = await openTimes(tx, ctx, clinicId, wholeDays(days, timeZone))
      const data = { closureId: id, from, to, visits }
      await record(tx, ctx, 'closure.removed', { type: 'clinic', id: clinicId, clinicId, data })
      return true
    })
  if (await refuseWhenBusy(open)) await publishClinic(ctx, clinicId)
}
