import type { Request, Response } from 'express'
import { paths } from '../../paths.ts'
import type { paymentPage } from '../../services/payments/queries.ts'
import { replyDone } from '../../views.ts'

type Standing = Awaited<ReturnType<typeof paymentPage>>

/** After a look at the gateway: to the appointment when it is paid and booked, else to what became of the payment. */
export function replyStanding(req: Request, res: Response, data: Standing, look = 0) {
  const { payment, appointment } = data
  const isBooked = payment.state === 'SUCCESS' && appointment.status === 'BOOKED'
  const { appointments, payments } = paths.booking
  if (isBooked) return replyDone(req, res, { to: appointments.show(appointment.id), data, flash: 'booking:flash.paid' })
  return replyDone(req, res, { to: payments.show(payment.id, look ? { look } : {}), data })
}
