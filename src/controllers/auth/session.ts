import type { Request, Response } from 'express'
import { sessionFor } from '../../sign-in.ts'

export async function show(req: Request, res: Response) {
  res.json(await sessionFor(req, req.ctx.actor))
}
