import type { Request, Response } from 'express'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { erasureForm, erasureReasons } from '../../forms/users.ts'
import { paths } from '../../paths.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { eraseUser, userToErase } from '../../services/people/erase-user.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/user-erasures/add'

export async function add(req: Request, res: Response) {
  const found = await userToErase(req.ctx, idOf(req.params))
  await reply(req, res, page, { ...found, reasons: erasureReasons, form: blankForm(erasureForm) })
}

export async function create(req: Request, res: Response) {
  const found = await userToErase(req.ctx, idOf(req.params))
  const { id } = found.account
  const erased = await submit(erasureForm, req.body, wish => eraseUser(req.ctx, id, wish))
  if (!erased.ok) return replyRefused(req, res, page, erased, { ...found, reasons: erasureReasons })

  const data = { account: await userFor(req.ctx, id) }
  return replyDone(req, res, { to: paths.admin.users.show(id), data, flash: 'admin:flash.erased' })
}
