import type { Request, RequestHandler, Response } from 'express'
import type { Ctx } from '../../context.ts'
import { slotForm } from '../../forms/doctor.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { blockSlot } from '../../services/availability/block-slot.ts'
import { openSlot } from '../../services/availability/open-slot.ts'
import { removeSlot } from '../../services/availability/remove-slot.ts'
import { dayOfSlot, doctorWeek, slotFor } from '../../services/availability/slots-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

export const block = change(blockSlot, 'doctor:flash.blocked')
export const opening = change(openSlot, 'doctor:flash.opened')
export const removal = change(removeSlot, 'doctor:flash.removed')

/** Asks before a time is taken away: that is final. */
export async function askRemoval(req: Request, res: Response) {
  const slot = await slotFor(req.ctx, idOf(req.params))
  const date = slot.startsAt.slice(0, 10)
  const isFree = slot.state === 'FREE' || slot.state === 'BLOCKED'
  if (!isFree) return res.redirect(303, paths.doctor.timeslots.index({ date }))

  return reply(req, res, 'doctor/slot-removals/add', { slot, date })
}

/** One button of a slot: changed, and back to the page it stood on; else the week as it stands now. */
function change(make: (ctx: Ctx, id: string) => Promise<void>, flash: string): RequestHandler {
  return async (req: Request, res: Response) => {
    const id = idOf(req.params as { id?: string })
    const day = (await dayOfSlot(req.ctx, id)) ?? undefined
    const changed = await submit(slotForm, req.body, async from => {
      await make(req.ctx, id)
      return from
    })
    if (!changed.ok)
      return replyRefused(req, res, 'doctor/timeslots/index', changed, {
        ...(await doctorWeek(req.ctx, day)),
        added: {}
      })

    const { on, date = day } = changed.result
    return replyDone(req, res, { to: paths.doctor[on].index({ date }), flash })
  }
}
