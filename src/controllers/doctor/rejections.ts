import type { Request, Response } from 'express'
import { rejectionForm } from '../../forms/doctor.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { rejectAppointment } from '../../services/appointments/reject.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/rejections/add'

export async function add(req: Request, res: Response) {
  const visit = await visitFor(req.ctx, idOf(req.params))
  const { id } = visit.appointment
  if (!visit.steps.includes('rejection')) return res.redirect(303, paths.doctor.appointments.show(id))

  return reply(req, res, page, { ...visit, form: blankForm(rejectionForm) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const rejected = await submit(rejectionForm, req.body, why => rejectAppointment(req.ctx, id, why))
  const visit = await visitFor(req.ctx, id)
  const stands = visit.steps.includes('rejection') ? page : 'doctor/appointments/show'
  if (!rejected.ok) return replyRefused(req, res, stands, rejected, visit)

  const { appointment } = visit
  const to = paths.doctor.schedule.index({ date: appointment.startsAt.slice(0, 10) })
  return replyDone(req, res, { to, data: { appointment }, flash: 'doctor:flash.rejected' })
}
