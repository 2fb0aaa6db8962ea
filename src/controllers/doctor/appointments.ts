import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { visitFor } from '../../services/appointments/visit.ts'
import { reply } from '../../views.ts'

export async function show(req: Request, res: Response) {
  await reply(req, res, 'doctor/appointments/show', await visitFor(req.ctx, idOf(req.params)))
}
