import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { disableUser } from '../../services/people/disable-user.ts'
import { enableUser } from '../../services/people/enable-user.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/user-deactivations/add'

export async function add(req: Request, res: Response) {
  const account = await accountOf(req)
  if (account.state === 'ERASED') return res.redirect(303, paths.admin.users.show(account.id))

  return reply(req, res, page, { account, form: blankForm(nothing) })
}

export async function create(req: Request, res: Response) {
  const account = await accountOf(req)
  const done = await submit(nothing, req.body, () => disableUser(req.ctx, account.id))
  if (!done.ok) return replyRefused(req, res, page, done, { account })
  return show(req, res, 'admin:flash.disabled')
}

export async function remove(req: Request, res: Response) {
  const account = await accountOf(req)
  const done = await submit(nothing, req.body, () => enableUser(req.ctx, account.id))
  if (!done.ok) return replyRefused(req, res, page, done, { account })
  return show(req, res, 'admin:flash.enabled')
}

async function show(req: Request, res: Response, flash: string) {
  const account = await accountOf(req)
  return replyDone(req, res, { to: paths.admin.users.show(account.id), data: { account }, flash })
}

const accountOf = (req: Request) => userFor(req.ctx, idOf(req.params))
