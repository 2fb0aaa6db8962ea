import type { Request, Response } from 'express'
import { appointmentForm, checkForm, endForm, rescheduleForm } from '../../forms/booking.ts'
import { idOf, type Refused, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { cancelAppointment } from '../../services/appointments/cancel.ts'
import { historyOf } from '../../services/appointments/history.ts'
import { timesProposedFor } from '../../services/appointments/proposed.ts'
import { appointmentFor, myAppointments, runningHold, view } from '../../services/appointments/queries.ts'
import { rescheduleAppointment } from '../../services/appointments/reschedule.ts'
import { whatComes } from '../../services/notifications/what-comes.ts'
import { bookOrPay } from '../../services/payments/book-or-pay.ts'
import { paymentPage } from '../../services/payments/queries.ts'
import type { startPayment } from '../../services/payments/start.ts'
import { writtenAt } from '../../services/records/queries.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'
import { checkPage } from './check-page.ts'

export async function index(req: Request, res: Response) {
  const mine = await myAppointments(req.ctx)
  const appointments = [...mine.upcoming, ...mine.held, ...mine.past]
  await reply(req, res, 'booking/appointments/index', wantsJson(req) ? { appointments } : mine)
}

export async function show(req: Request, res: Response) {
  const found = await appointmentFor(req.ctx, idOf(req.params))
  const appointment = view(req.ctx, found)
  if (found.status === 'HELD' && !wantsJson(req)) return res.redirect(303, paths.booking.holds.edit(found.id))

  const isToCome = appointment.whyNotCancel !== 'OVER' && !appointment.needsNewTime
  const [history, shared, proposed, ahead] = await Promise.all([
    historyOf(req.ctx, found),
    writtenAt(req.ctx, found),
    timesProposedFor(req.ctx, found.id),
    isToCome ? whatComes(req.ctx, found) : null
  ])
  return reply(req, res, 'booking/appointments/show', { appointment, history, proposed, ahead, ...shared })
}

/** Booked, or on the way to be: who pays from afar is sent to the gateway's page first. */
export async function create(req: Request, res: Response) {
  const form = wantsJson(req) ? appointmentForm : checkForm
  const asked = await submit(form, req.body, wish => bookOrPay(req.ctx, wish))
  if (!asked.ok) return showRefused(req, res, asked)
  if ('url' in asked.result) return toCheckout(req, res, asked.result)

  const { id } = asked.result
  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  return replyDone(req, res, {
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

type Checkout = Awaited<ReturnType<typeof startPayment>>

async function toCheckout(req: Request, res: Response, { paymentId, url }: Checkout) {
  if (!paymentId || !wantsJson(req)) return res.redirect(303, url)
  return replyDone(req, res, { to: url, data: await paymentPage(req.ctx, paymentId), status: 202 })
}

/** As long as the time is kept, on the page that it was asked on; else with what can be done instead. */
async function showRefused(req: Request, res: Response, refused: Refused) {
  const hold = wantsJson(req) || refused.alternatives.length ? null : await runningHold(req.ctx)
  const isIts = hold && hold.timeslotId === refused.form.values.timeslotId
  return isIts
    ? replyRefused(req, res, 'booking/holds/show', refused, await checkPage(req.ctx, hold))
    : replyRefused(req, res, 'booking/holds/refused', refused)
}
