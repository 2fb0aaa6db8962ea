import type { Request, Response } from 'express'
import { placeQuery } from '../../forms/audit.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { looksAt } from '../../services/records/looks.ts'
import { reply } from '../../views.ts'

/** Who opened the record, for whoever it is of. */
export async function index(req: Request, res: Response) {
  const place = read(placeQuery, req.query)
  const found = await looksAt(req.ctx, idOf(req.params), place)
  await reply(req, res, 'booking/looks/index', { ...found, form: blankForm(placeQuery, place) })
}
