import type { Request, Response } from 'express'
import { cancellationForm } from '../../forms/doctor.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { callOffAppointment } from '../../services/appointments/call-off.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/cancellations/add'
const { show } = paths.admin.appointments

export async function add(req: Request, res: Response) {
  const appointment = await appointmentOf(req)
  if (!appointment.canCancel) return res.redirect(303, show(appointment.id))

  return reply(req, res, page, { appointment, form: blankForm(cancellationForm) })
}

export async function create(req: Request, res: Response) {
  const { id } = await appointmentOf(req)
  const cancelled = await submit(cancellationForm, req.body, why => callOffAppointment(req.ctx, id, why))
  const appointment = await appointmentOf(req)
  if (!cancelled.ok) return replyRefused(req, res, page, cancelled, { appointment })

  return replyDone(req, res, { to: show(id), data: { appointment }, flash: 'admin:flash.cancelled' })
}

const appointmentOf = async (req: Request) => view(req.ctx, await appointmentFor(req.ctx, idOf(req.params)))
