import type { Request, Response } from 'express'
import { ofPayment } from '../../forms/flash.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { deskCancellationForm } from '../../forms/payments.ts'
import { backQuery } from '../../forms/time-off.ts'
import { paths } from '../../paths.ts'
import { callOffAppointment } from '../../services/appointments/call-off.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { noteDeskLook } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/cancellations/add'
const { appointments } = paths.admin

export async function add(req: Request, res: Response) {
  const { from } = read(backQuery, req.query)
  const appointment = await appointmentOf(req)
  if (!appointment.canCancel) return res.redirect(303, appointments.show(appointment.id))

  await noteDeskLook(req.ctx, appointment)
  return reply(req, res, page, { appointment, from, form: blankForm(deskCancellationForm, { refund: 'yes' }) })
}

export async function create(req: Request, res: Response) {
  const { from } = read(backQuery, req.query)
  const { id } = await appointmentOf(req)
  const cancelled = await submit(deskCancellationForm, req.body, why => callOffAppointment(req.ctx, id, why))
  const appointment = await appointmentOf(req)
  if (!cancelled.ok) {
    await noteDeskLook(req.ctx, appointment)
    return replyRefused(req, res, page, cancelled, { appointment, from })
  }

  return replyDone(req, res, {
    to: appointments.back(from, appointment),
    data: { appointment },
    flash: sentenceOn(appointment) ?? (from === 'conflicts' ? 'team:conflicts.cancelled' : 'admin:flash.cancelled')
  })
}

/** Money that was paid for it goes back or is kept: one of them has to be said. */
function sentenceOn({ payment }: Awaited<ReturnType<typeof appointmentOf>>) {
  if (!payment?.paidAt) return null
  const becomes = { SUCCESS: 'kept', REFUND_AT_CLINIC: 'toHandBack' }[payment.state as string] ?? 'goesBack'
  return ofPayment(`payments:flash.cancelled.${becomes}`, payment)
}

const appointmentOf = async (req: Request) => view(req.ctx, await appointmentFor(req.ctx, idOf(req.params)))
