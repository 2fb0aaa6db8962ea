import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { noticesQuery } from '../../forms/notices.ts'
import { noticesOf } from '../../services/notifications/notice-queries.ts'
import { readNotice } from '../../services/notifications/read-notices.ts'
import { reply, replyDone } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const query = read(noticesQuery, req.query)
  const found = await noticesOf(req.ctx, query.page)
  await reply(req, res, 'auth/notices/index', { ...found, form: blankForm(noticesQuery, query) })
}

/** Who opens one has read it. */
export async function update(req: Request, res: Response) {
  read(nothing, req.body)
  const notice = await readNotice(req.ctx, idOf(req.params))
  replyDone(req, res, { to: notice.to, data: { notice } })
}
