import type { Request, Response } from 'express'
import { appointmentForm, endForm, rescheduleForm } from '../../forms/booking.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { bookAppointment } from '../../services/appointments/book.ts'
import { cancelAppointment } from '../../services/appointments/cancel.ts'
import { appointmentFor, historyOf, myAppointments, view } from '../../services/appointments/queries.ts'
import { rescheduleAppointment } from '../../services/appointments/reschedule.ts'
import { writtenAt } from '../../services/records/queries.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const mine = await myAppointments(req.ctx)
  const appointments = [...mine.upcoming, ...mine.held, ...mine.past]
  await reply(req, res, 'booking/appointments/index', wantsJson(req) ? { appointments } : mine)
}

export async function show(req: Request, res: Response) {
  const found = await appointmentFor(req.ctx, idOf(req.params))
  const appointment = view(req.ctx, found)
  if (found.status === 'HELD' && !wantsJson(req)) return res.redirect(303, paths.booking.holds.edit(found.id))

  const [history, shared] = await Promise.all([historyOf(req.ctx, found), writtenAt(req.ctx, found)])
  return reply(req, res, 'booking/appointments/show', { appointment, history, ...shared })
}

export async function create(req: Request, res: Response) {
  const booked = await submit(appointmentForm, req.body, wish => bookAppointment(req.ctx, wish))
  if (!booked.ok) return replyRefused(req, res, 'booking/holds/refused', booked)

  const { id } = booked.result
  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  replyDone(req, res, {
    to: paths.booking.appointments.show(id),
    data: { appointment },
    status: 201,
    flash: 'booking:flash.booked'
  })
}

/** For programs: another time, or CANCELLED. Browsers post to /reschedule and /cancellation. */
export async function update(req: Request, res: Response) {
  const id = idOf(req.params)
  const changed =
    req.body?.status === undefined
      ? await submit(rescheduleForm, req.body, wish => rescheduleAppointment(req.ctx, id, wish))
      : await submit(endForm, req.body, ({ reason }) => cancelAppointment(req.ctx, id, { reason }))
  if (!changed.ok) return replyRefused(req, res, 'booking/holds/refused', changed)

  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  return replyDone(req, res, { to: paths.booking.appointments.show(id), data: { appointment } })
}
