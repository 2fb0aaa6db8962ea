import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { restoreBegun } from './begun-visits.ts'
import { publishDoctor, publishing } from './publish.ts'
import { refuseWhenBusy } from './refuse-when-busy.ts'
import { timeOffFor } from './time-off-queries.ts'

/**
 * The doctor is there after all: what was free is offered again, and who stands on the worklist for it comes off. Time
 * off that is running ends now; what is to come is as if it had never been. Throws NotFound, and a Refusal when it is
 * over or too many people book just then.
 */
export async function endTimeOff(ctx: Ctx, id: string) {
  const { doctor, state, ...stretch } = await timeOffFor(ctx, id)
  if (state === 'OVER') throw refuse(null, 'team:timeOff.errors.isOver')
  const now = toDate(ctx.now)
  const taken = {
    ...{ id, doctorId: doctor.id },
    startsAt: new Date(stretch.startsAt),
    endsAt: new Date(stretch.endsAt)
  }

  const end = () =>
    publishing(async tx => {
      const running = await tx.timeOff.updateMany({
        where: { id, startsAt: { lt: now }, endsAt: { gt: now } },
        data: { endsAt: now }
      })
      const { count } = running.count ? running : await tx.timeOff.deleteMany({ where: { id, startsAt: { gte: now } } })
      if (count === 0) return

      const { restored } = await publishDoctor(tx, ctx, doctor.id)
      const data = { timeOffId: id, restored, begunVisits: await restoreBegun(tx, ctx, taken) }
      await record(tx, ctx, 'time-off.removed', { type: 'doctor', id: doctor.id, data })
    })
  await refuseWhenBusy(end)
}
