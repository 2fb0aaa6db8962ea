import type { Request, RequestHandler } from 'express'
import type { z } from 'zod'
import { ofPayment } from '../../forms/flash.ts'
import { blankForm, idOf, type Refused, read } from '../../forms/form.ts'
import { moneyBackQuery } from '../../forms/payments.ts'
import { paths } from '../../paths.ts'
import { type PaymentAtDesk, paymentAtDesk } from '../../services/payments/at-desk.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

type Payment = PaymentAtDesk['payment']

/** A page of its own that asks before something is done with the money of a payment, and when that is possible. */
interface Question {
  page: string
  can: 'canCollect' | 'canRefund' | 'canWaive'
}

const { payments } = paths.admin

/** Asks; whoever comes when it isn't possible any more sees how the payment stands. */
export const asking =
  ({ page, can }: Question, formFor: (payment: Payment) => z.ZodType): RequestHandler =>
  async (req, res) => {
    const { from } = read(moneyBackQuery, req.query)
    const found = await paymentAtDesk(req.ctx, idOf(req.params as { id?: string }))
    if (!found.payment[can]) return res.redirect(303, payments.show(found.payment.id))

    return reply(req, res, page, { ...found, from, form: blankForm(formFor(found.payment)) })
  }

/**
 * Does it, and says so where the person came from; whoever is refused is asked again, or sees how the payment stands.
 */
export const doing =
  (
    question: Question | null,
    act: (req: Request, id: string) => Promise<{ ok: true } | Refused>,
    sentence: (payment: Payment) => string
  ): RequestHandler =>
  async (req, res) => {
    const { from } = read(moneyBackQuery, req.query)
    const id = idOf(req.params as { id?: string })
    const done = await act(req, id)
    const found = await paymentAtDesk(req.ctx, id)
    const { payment, appointment } = found
    const asksAgain = question && payment[question.can]
    if (!done.ok)
      return replyRefused(req, res, asksAgain ? question.page : 'admin/payments/show', done, { ...found, from })

    return replyDone(req, res, {
      to: payments.back(from, payment, appointment),
      data: { payment },
      flash: ofPayment(sentence(payment), payment)
    })
  }
