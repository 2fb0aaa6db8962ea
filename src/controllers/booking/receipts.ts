import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { receiptFile } from '../../services/payments/receipt-file.ts'

export async function show(req: Request, res: Response) {
  const pdf = await receiptFile(req.ctx, idOf(req.params))
  res.set('Content-Disposition', 'inline; filename="receipt.pdf"').set('Cache-Control', 'no-store')
  res.type('application/pdf').send(pdf)
}
