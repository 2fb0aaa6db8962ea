import type { Request, Response } from 'express'
import { rejectionForm } from '../../forms/doctor.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { backQuery } from '../../forms/time-off.ts'
import { rejectAppointment } from '../../services/appointments/reject.ts'
import { noteDeskLook } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { after, pageOf, replyAsItStands, visitOf } from './visit-pages.ts'

const page = 'team/rejections/add'

export async function add(req: Request, res: Response) {
  const { from } = read(backQuery, req.query)
  const visit = await visitOf(req, idOf(req.params))
  if (!visit.steps.includes('rejection')) return res.redirect(303, pageOf(req, visit.appointment.id))

  await noteDeskLook(req.ctx, visit.appointment)
  return reply(req, res, page, { ...visit, from, form: blankForm(rejectionForm) })
}

export async function create(req: Request, res: Response) {
  const back = read(backQuery, req.query)
  const id = idOf(req.params)
  const rejected = await submit(rejectionForm, req.body, why => rejectAppointment(req.ctx, id, why))
  const visit = await visitOf(req, id)
  if (!rejected.ok)
    return visit.steps.includes('rejection')
      ? replyRefused(req, res, page, rejected, { ...visit, ...back })
      : replyAsItStands(req, res, rejected, visit)

  const { appointment } = visit
  return replyDone(req, res, { to: after(req, back, appointment), data: { appointment }, flash: 'team:flash.rejected' })
}
