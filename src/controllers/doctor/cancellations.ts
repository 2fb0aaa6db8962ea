import type { Request, Response } from 'express'
import { cancellationForm } from '../../forms/doctor.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { ownBackQuery } from '../../forms/time-off.ts'
import { paths } from '../../paths.ts'
import { callOffAppointment } from '../../services/appointments/call-off.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'doctor/cancellations/add'

export async function add(req: Request, res: Response) {
  const { from } = read(ownBackQuery, req.query)
  const visit = await visitFor(req.ctx, idOf(req.params))
  if (!visit.appointment.canCancel) return res.redirect(303, paths.doctor.appointments.show(visit.appointment.id))

  return reply(req, res, page, { ...visit, from, form: blankForm(cancellationForm) })
}

export async function create(req: Request, res: Response) {
  const { from } = read(ownBackQuery, req.query)
  const id = idOf(req.params)
  const cancelled = await submit(cancellationForm, req.body, why => callOffAppointment(req.ctx, id, why))
  const visit = await visitFor(req.ctx, id)
  const { appointment } = visit
  if (!cancelled.ok)
    return replyRefused(req, res, appointment.canCancel ? page : 'doctor/appointments/show', cancelled, {
      ...visit,
      from
    })

  const data = { appointment }
  const day = paths.doctor.schedule.index({ date: appointment.startsAt.slice(0, 10) })
  return from
    ? replyDone(req, res, { to: paths.doctor.conflicts(), data, flash: 'team:conflicts.cancelled' })
    : replyDone(req, res, { to: day, data, flash: 'team:flash.cancelled' })
}
