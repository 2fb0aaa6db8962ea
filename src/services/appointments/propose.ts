import type { Ctx } from '../../context.ts'
import { transaction } from '../../database/transaction.ts'
import { Refusal, refuse } from '../../errors.ts'
import { toDate } from '../../scheduling/zone.ts'
import { record } from '../audit/record.ts'
import { choosable } from './proposals.ts'
import { appointmentFor } from './queries.ts'
import { whySuspended } from './suspended.ts'
import { afterMove } from './transitions.ts'

/**
 * Sends free times to the patient of a visit that can't take place at its own: whoever looks after the patient chooses
 * one of them, or another. The same times again are not sent again. Throws Refusal when the visit is solved, when the
 * patient can't choose without the clinic, and (409) when one of the times has gone.
 */
export async function proposeTimes(ctx: Ctx, id: string, { timeslotIds }: { timeslotIds: string[] }) {
  const visit = await appointmentFor(ctx, id)
  const { clinic, sequence, status, startsAt } = visit
  const canChoose = afterMove('PATIENT', status) && startsAt > toDate(ctx.now)
  if (!whySuspended(visit, ctx.now) || !canChoose) throw refuse(null, 'team:propose.refusal.solved')
  const free = (await choosable(ctx, new Map([[id, timeslotIds]]))).get(id) ?? []
  if (free.length < new Set(timeslotIds).size)
    throw new Refusal([{ field: null, key: 'team:propose.refusal.gone' }], { status: 409 })
  await transaction(async tx => {
    const present = await tx.appointment.findUniqueOrThrow({
      where: { id },
      select: { sequence: true, status: true, patient: { select: { account: { select: { disabledAt: true } } } } }
    })
    const { account } = present.patient
    if (!account || account.disabledAt) throw refuse(null, 'team:propose.refusal.noAccount')
    if (present.sequence !== sequence || present.status !== status) throw refuse(null, 'team:propose.refusal.solved')
    const rounds = await tx.auditEvent.findMany({
      where: { appointmentId: id, event: 'appointment.proposed' },
      orderBy: { id: 'desc' },
      select: { data: true }
    })
    const data = { sequence, round: rounds.length + 1, timeslotIds: free.map(({ timeslotId }) => timeslotId) }
    if (isSame(rounds[0]?.data as Partial<typeof data> | undefined, data)) return
    await record(tx, ctx, 'appointment.proposed', { type: 'appointment', id, clinicId: clinic.id, data })
  })
}

interface Proposed {
  sequence: number
  timeslotIds: string[]
}

const isSame = (last: Partial<Proposed> | undefined, { sequence, timeslotIds }: Proposed) =>
  last?.sequence === sequence && [...(last.timeslotIds ?? [])].sort().join() === [...timeslotIds].sort().join()
