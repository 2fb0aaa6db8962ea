import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { prescriptionFile } from '../../services/records/prescription-file.ts'
import { prescriptionFor } from '../../services/records/queries.ts'
import { reply } from '../../views.ts'

/** The doctor's and the patient's: each finds what is theirs. */
export async function show(req: Request, res: Response) {
  return reply(req, res, 'records/prescriptions/show', {
    prescription: await prescriptionFor(req.ctx, idOf(req.params))
  })
}

export async function file(req: Request, res: Response) {
  const pdf = await prescriptionFile(req.ctx, idOf(req.params))
  res.set('Content-Disposition', 'inline; filename="prescription.pdf"').set('Cache-Control', 'no-store')
  res.type('application/pdf').send(pdf)
}
