import type { Request, RequestHandler, Response } from 'express'
import type { Ctx } from '../../context.ts'
import { nothing } from '../../forms/fields.ts'
import { idOf, read, submit } from '../../forms/form.ts'
import { backQuery } from '../../forms/time-off.ts'
import { checkIn } from '../../services/appointments/check-in.ts'
import { completeAppointment } from '../../services/appointments/complete.ts'
import { confirmAppointment } from '../../services/appointments/confirm.ts'
import { markNoShow } from '../../services/appointments/mark-no-show.ts'
import { undoCheckIn } from '../../services/appointments/undo-check-in.ts'
import { noteDeskLook } from '../../services/appointments/visit.ts'
import { reply, replyDone } from '../../views.ts'
import { after, pageOf, replyAsItStands, visitOf } from './visit-pages.ts'

export const confirmation = step(confirmAppointment, 'team:flash.confirmed')
export const arrival = step(checkIn, 'team:flash.checkedIn')
export const arrivalRemoval = step(undoCheckIn, 'team:flash.checkInUndone')
export const completion = step(completeAppointment, 'team:flash.completed')
export const noShow = step(markNoShow, 'team:flash.noShow')

/** Asks before somebody is said not to have come: that is final. */
export async function askNoShow(req: Request, res: Response) {
  const { from } = read(backQuery, req.query)
  const visit = await visitOf(req, idOf(req.params))
  if (!visit.steps.includes('noShow')) return res.redirect(303, pageOf(req, visit.appointment.id))

  await noteDeskLook(req.ctx, visit.appointment)
  return reply(req, res, 'team/no-shows/add', { ...visit, from })
}

/** One button: the step is taken, and one is back where one was; else the visit is shown as it stands. */
function step(take: (ctx: Ctx, id: string) => Promise<void>, flash: string): RequestHandler {
  return async (req: Request, res: Response) => {
    const back = read(backQuery, req.query)
    const id = idOf(req.params as { id?: string })
    const taken = await submit(nothing, req.body, () => take(req.ctx, id))
    const visit = await visitOf(req, id)
    if (!taken.ok) return replyAsItStands(req, res, taken, visit)

    const { appointment } = visit
    return replyDone(req, res, { to: after(req, back, appointment), data: { appointment }, flash })
  }
}
