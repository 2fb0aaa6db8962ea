import type { Request, Response } from 'express'
import { read } from '../../forms/form.ts'
import { worklistQuery } from '../../forms/time-off.ts'
import { reply } from '../../views.ts'
import { worklistPage } from './worklist-page.ts'

export async function index(req: Request, res: Response) {
  await reply(req, res, 'team/conflicts/index', await worklistPage(req, read(worklistQuery, req.query)))
}
