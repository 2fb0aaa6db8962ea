import type { Request, Response } from 'express'
import { ofPayment } from '../../forms/flash.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { moneyBackQuery, waiverForm } from '../../forms/payments.ts'
import { paths } from '../../paths.ts'
import { paymentAtDesk } from '../../services/payments/at-desk.ts'
import { waivePayment } from '../../services/payments/waive.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/waivers/add'
const { payments } = paths.admin

/** Asks before somebody is let off what they owe: that is final. */
export async function add(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const found = await paymentAtDesk(req.ctx, idOf(req.params))
  if (!found.payment.canWaive) return res.redirect(303, payments.show(found.payment.id))

  return reply(req, res, page, { ...found, from, form: blankForm(waiverForm) })
}

export async function create(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const id = idOf(req.params)
  const waived = await submit(waiverForm, req.body, why => waivePayment(req.ctx, id, why))
  const found = await paymentAtDesk(req.ctx, id)
  if (!waived.ok)
    return replyRefused(req, res, found.payment.canWaive ? page : 'admin/payments/show', waived, { ...found, from })

  const { payment, appointment } = found
  const to = payments.back(from, payment, appointment)
  return replyDone(req, res, { to, data: { payment }, flash: ofPayment('payments:flash.waived', payment) })
}
