import type { Request, RequestHandler, Response } from 'express'
import type { Ctx } from '../../context.ts'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { checkIn } from '../../services/appointments/check-in.ts'
import { completeAppointment } from '../../services/appointments/complete.ts'
import { confirmAppointment } from '../../services/appointments/confirm.ts'
import { markNoShow } from '../../services/appointments/mark-no-show.ts'
import { undoCheckIn } from '../../services/appointments/undo-check-in.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

export const confirmation = step(confirmAppointment, 'doctor:flash.confirmed')
export const arrival = step(checkIn, 'doctor:flash.checkedIn')
export const arrivalRemoval = step(undoCheckIn, 'doctor:flash.checkInUndone')
export const completion = step(completeAppointment, 'doctor:flash.completed')
export const noShow = step(markNoShow, 'doctor:flash.noShow')

/** Asks before somebody is said not to have come: that is final. */
export async function askNoShow(req: Request, res: Response) {
  const visit = await visitFor(req.ctx, idOf(req.params))
  const { id } = visit.appointment
  if (!visit.steps.includes('noShow')) return res.redirect(303, paths.doctor.appointments.show(id))

  return reply(req, res, 'doctor/no-shows/add', visit)
}

/** One button: the step is taken and the doctor is back at that day; else the visit is shown as it stands. */
function step(take: (ctx: Ctx, id: string) => Promise<void>, flash: string): RequestHandler {
  return async (req: Request, res: Response) => {
    const id = idOf(req.params as { id?: string })
    const taken = await submit(nothing, req.body, () => take(req.ctx, id))
    const visit = await visitFor(req.ctx, id)
    if (!taken.ok) return replyRefused(req, res, 'doctor/appointments/show', taken, visit)

    const { appointment } = visit
    const to = paths.doctor.schedule.index({ date: appointment.startsAt.slice(0, 10) })
    return replyDone(req, res, { to, data: { appointment }, flash })
  }
}
