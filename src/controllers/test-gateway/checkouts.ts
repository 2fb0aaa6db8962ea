import type { Request, Response } from 'express'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { decisionForm } from '../../forms/test-gateway.ts'
import { decideCheckout } from '../../services/test-gateway/decide-checkout.ts'
import { checkoutCalled, pageOf } from '../../services/test-gateway/queries.ts'
import { startSending } from '../../services/test-gateway/send-callbacks.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'test-gateway/checkouts/show'
const likely = { outcome: 'CHANCE', callback: 'AT_ONCE' }

export async function show(req: Request, res: Response) {
  const checkout = pageOf(await checkoutCalled(idOf(req.params)))
  await reply(req, res, page, { checkout, form: blankForm(decisionForm, likely) })
}

/** Whoever pays goes back at once: the merchant is told meanwhile. */
export async function decide(req: Request, res: Response) {
  const id = idOf(req.params)
  const decided = await submit(decisionForm, req.body, decision => decideCheckout(req.ctx, id, decision))
  if (!decided.ok) return replyRefused(req, res, page, decided, { checkout: pageOf(await checkoutCalled(id)) })

  startSending(req.ctx)
  replyDone(req, res, { to: decided.result.backTo, data: { checkout: decided.result } })
}
