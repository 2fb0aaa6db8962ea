import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, read } from '../../forms/form.ts'
import { checkoutOrder, refundOrder } from '../../forms/test-gateway.ts'
import { closeCheckout } from '../../services/test-gateway/close-checkout.ts'
import { openCheckout } from '../../services/test-gateway/open-checkout.ts'
import { checkoutCalled, standingOf } from '../../services/test-gateway/queries.ts'
import { refundCheckout } from '../../services/test-gateway/refund-checkout.ts'

export async function show(req: Request, res: Response) {
  res.json(standingOf(await checkoutCalled(idOf(req.params))))
}

export async function create(req: Request, res: Response) {
  res.status(201).json(await openCheckout(req.ctx, read(checkoutOrder, req.body)))
}

export async function close(req: Request, res: Response) {
  read(nothing, req.body)
  res.json(await closeCheckout(req.ctx, idOf(req.params)))
}

export async function refund(req: Request, res: Response) {
  res.json(await refundCheckout(req.ctx, idOf(req.params), read(refundOrder, req.body)))
}
