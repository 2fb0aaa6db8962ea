import type { Request, Response } from 'express'
import { cancellationForm } from '../../forms/booking.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { cancelAppointment } from '../../services/appointments/cancel.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'booking/cancellations/add'

export async function add(req: Request, res: Response) {
  const appointment = view(req.ctx, await appointmentFor(req.ctx, idOf(req.params)))
  await reply(req, res, page, { appointment, form: blankForm(cancellationForm) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const cancelled = await submit(cancellationForm, req.body, reason => cancelAppointment(req.ctx, id, reason))
  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  if (!cancelled.ok) return replyRefused(req, res, page, cancelled, { appointment })

  const isMoneyBack = appointment.payment?.state === 'REFUND_DUE' || appointment.payment?.state === 'REFUNDED'
  replyDone(req, res, {
    to: paths.booking.appointments.show(id),
    data: { appointment },
    flash: isMoneyBack ? 'booking:flash.cancelledWithRefund' : 'booking:flash.cancelled'
  })
}
