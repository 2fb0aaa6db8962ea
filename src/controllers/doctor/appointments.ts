import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { viewVisit } from '../../services/appointments/visit.ts'
import { reply } from '../../views.ts'

export async function show(req: Request, res: Response) {
  await reply(req, res, 'doctor/appointments/show', await viewVisit(req.ctx, idOf(req.params)))
}
