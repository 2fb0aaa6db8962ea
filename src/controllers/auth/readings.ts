import type { Request, Response } from 'express'
import { read } from '../../forms/form.ts'
import { readingsForm } from '../../forms/notices.ts'
import { paths } from '../../paths.ts'
import { readNotices } from '../../services/notifications/read-notices.ts'
import { replyDone } from '../../views.ts'

/** All that were on the page: what came meanwhile stays new. */
export async function create(req: Request, res: Response) {
  const count = await readNotices(req.ctx, read(readingsForm, req.body))
  replyDone(req, res, { to: paths.notices.index(), data: { read: count }, flash: 'notices:flash.read' })
}
