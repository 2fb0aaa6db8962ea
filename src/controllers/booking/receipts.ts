import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { receiptFile } from '../../services/payments/receipt-file.ts'

export async function show(req: Request, res: Response) {
  const { name, pdf } = await receiptFile(req.ctx, idOf(req.params))
  res.set('Content-Disposition', `inline; filename="${name}"`).set('Cache-Control', 'no-store')
  res.type('application/pdf').send(pdf)
}
