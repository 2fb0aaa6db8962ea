import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { refuse } from '../../errors.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { restoreBegun } from '../availability/begun-visits.ts'
import { publishDoctor, publishing } from '../availability/publish.ts'
import { closureFor } from './closure-queries.ts'
import { dateColumn, duringDays } from './plan-closures.ts'

/**
 * The clinic is open after all: what was free is offered again, and who stands on the worklist for it comes off. A
 * closure that is running ends yesterday. Throws NotFound, and a Refusal when it is over.
 */
export async function reopenClinicDays(ctx: Ctx, id: string) {
  const { clinic, from, to, state } = await closureFor(ctx, id)
  if (state === 'OVER') throw refuse(null, 'admin:closures.errors.isOver')
  const { id: clinicId, timeZone } = clinic
  const today = dayAt(ctx.now, timeZone)

  await publishing(async tx => {
    const isRunning = from < today.toString()
    const { count } = isRunning
      ? await tx.closure.updateMany({ where: { id }, data: { endsOn: dateColumn(today.subtract({ days: 1 })) } })
      : await tx.closure.deleteMany({ where: { id } })
    if (count === 0) return

    const days = { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) }
    for (const doctorId of await doctorsOf(tx, clinicId, duringDays(days, timeZone))) {
      await publishDoctor(tx, ctx, doctorId)
      await restoreBegun(tx, ctx, doctorId)
    }
    await record(tx, ctx, 'closure.removed', { type: 'clinic', id: clinicId, clinicId, data: { from, to } })
  })
}

/** Those with hours at the clinic, whose times were never published for the closed days, and those with times there. */
async function doctorsOf(tx: Tx, clinicId: string, during: ReturnType<typeof duringDays>) {
  const rows = await tx.doctor.findMany({
    where: { OR: [{ workingHours: { some: { clinicId } } }, { timeslots: { some: { clinicId, ...during } } }] },
    select: { id: true },
    orderBy: { id: 'asc' }
  })
  return rows.map(({ id }) => id)
}
