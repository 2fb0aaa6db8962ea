import type { Request, Response } from 'express'
import { cancellationForm } from '../../forms/booking.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { cancelAppointment } from '../../services/appointments/cancel.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { pageOnceOff, visitId, visitOf } from './own-visit.ts'

const page = 'booking/cancellations/add'

export async function add(req: Request, res: Response) {
  const appointment = await visitOf(req, { withMoney: true })
  await reply(req, res, page, { appointment, form: blankForm(cancellationForm) })
}

export async function create(req: Request, res: Response) {
  const id = visitId(req)
  const cancelled = await submit(cancellationForm, req.body, reason => cancelAppointment(req.ctx, id, reason))
  const appointment = await visitOf(req, { withMoney: true })
  if (!cancelled.ok) return replyRefused(req, res, page, cancelled, { appointment })

  const isMoneyBack = appointment.payment?.state === 'REFUND_DUE' || appointment.payment?.state === 'REFUNDED'
  replyDone(req, res, {
    to: await pageOnceOff(req),
    data: { appointment },
    ...(!req.ctx.actor.link && { flash: isMoneyBack ? 'booking:flash.cancelledWithRefund' : 'booking:flash.cancelled' })
  })
}
