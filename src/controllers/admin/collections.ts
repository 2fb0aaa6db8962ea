import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { ofPayment } from '../../forms/flash.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { collectionForm, moneyBackQuery } from '../../forms/payments.ts'
import { paths } from '../../paths.ts'
import { paymentAtDesk } from '../../services/payments/at-desk.ts'
import { collectPayment, undoCollection } from '../../services/payments/collect.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/collections/add'
const { payments } = paths.admin

/** Money that somebody hands over at the desk. */
export async function add(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const found = await paymentAtDesk(req.ctx, idOf(req.params))
  if (!found.payment.canCollect) return res.redirect(303, payments.show(found.payment.id))

  return reply(req, res, page, { ...found, from, form: blankForm(collectionForm) })
}

export async function create(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const id = idOf(req.params)
  const taken = await submit(collectionForm, req.body, collection => collectPayment(req.ctx, id, collection))
  const found = await paymentAtDesk(req.ctx, id)
  if (!taken.ok)
    return replyRefused(req, res, found.payment.canCollect ? page : 'admin/payments/show', taken, { ...found, from })

  const { payment, appointment } = found
  return replyDone(req, res, {
    to: payments.back(from, payment, appointment),
    data: { payment },
    flash: ofPayment('payments:flash.paid', payment)
  })
}

/** What was noted by mistake. */
export async function remove(req: Request, res: Response) {
  const { from } = read(moneyBackQuery, req.query)
  const id = idOf(req.params)
  const undone = await submit(nothing, req.body, () => undoCollection(req.ctx, id))
  const found = await paymentAtDesk(req.ctx, id)
  if (!undone.ok) return replyRefused(req, res, 'admin/payments/show', undone, found)

  const { payment, appointment } = found
  const to = payments.back(from, payment, appointment)
  return replyDone(req, res, { to, data: { payment }, flash: ofPayment('payments:flash.undone', payment) })
}
