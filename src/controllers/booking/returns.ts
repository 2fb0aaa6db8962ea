import type { Request, Response } from 'express'
import { returnQuery } from '../../forms/booking.ts'
import { idOf, read } from '../../forms/form.ts'
import { comeBack } from '../../services/payments/look-up.ts'
import { replyStanding } from './payment-standing.ts'

/** Where the gateway sends people back to. What the address says is not believed: the gateway is asked. */
export async function show(req: Request, res: Response) {
  const id = idOf(req.params)
  const { left, look } = read(returnQuery, req.query)
  replyStanding(req, res, await comeBack(req.ctx, id, { left }), look)
}
