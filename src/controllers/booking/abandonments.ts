import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, read } from '../../forms/form.ts'
import { giveUp } from '../../services/payments/look-up.ts'
import { paymentPage } from '../../services/payments/queries.ts'
import { replyStanding } from './payment-standing.ts'

export async function create(req: Request, res: Response) {
  read(nothing, req.body)
  const id = idOf(req.params)
  await giveUp(req.ctx, id)
  replyStanding(req, res, await paymentPage(req.ctx, id))
}
