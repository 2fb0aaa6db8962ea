import type { Request, Response } from 'express'
import { read } from '../../forms/form.ts'
import { unreachedQuery } from '../../forms/messages.ts'
import { unreached } from '../../services/messages/unreached.ts'
import { reply } from '../../views.ts'

/** Everyone who could not be told something that still matters. */
export async function index(req: Request, res: Response) {
  await reply(req, res, 'admin/unreached/index', await unreached(req.ctx, read(unreachedQuery, req.query)))
}
