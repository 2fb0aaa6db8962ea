import type { Request, Response } from 'express'
import { ofPayment } from '../../forms/flash.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { handBackForm, moneyBackQuery, refundForm } from '../../forms/payments.ts'
import { paths } from '../../paths.ts'
import { paymentAtDesk } from '../../services/payments/at-desk.ts'
import { refundPayment } from '../../services/payments/refund.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/refunds/add'
const { payments } = paths.admin

/** Asks before money goes back: that is final. */
export async function add(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const found = await paymentAtDesk(req.ctx, idOf(req.params))
  if (!found.payment.canRefund) return res.redirect(303, payments.show(found.payment.id))

  return reply(req, res, page, { ...found, from, form: blankForm(formFor(found.payment)) })
}

export async function create(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const id = idOf(req.params)
  const before = await paymentAtDesk(req.ctx, id)
  const given = await submit(formFor(before.payment), req.body, why => refundPayment(req.ctx, id, why))
  const found = await paymentAtDesk(req.ctx, id)
  if (!given.ok)
    return replyRefused(req, res, found.payment.canRefund ? page : 'admin/payments/show', given, { ...found, from })

  const { payment, appointment } = found
  const said = payment.gateway ? 'refundDue' : 'handedBack'
  const flash = ofPayment(`payments:flash.${said}`, payment)
  return replyDone(req, res, { to: payments.back(from, payment, appointment), data: { payment }, flash })
}

/** What waits to be handed back has its reason already. */
const formFor = ({ state }: { state: string }) => (state === 'REFUND_AT_CLINIC' ? handBackForm : refundForm)
