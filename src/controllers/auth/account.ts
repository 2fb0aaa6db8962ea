import type { Request, Response } from 'express'
import { accountForm } from '../../forms/auth.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { changeAccount } from '../../services/people/change-account.ts'
import { ownAccount } from '../../services/people/queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const PAGE = 'auth/account/edit'

export async function edit(req: Request, res: Response) {
  const account = await ownAccount(req.ctx)
  const { name, phone } = account
  return reply(req, res, PAGE, { account, isMailed: isMailed(), form: blankForm(accountForm, { name, phone }) })
}

export async function update(req: Request, res: Response) {
  const changed = await submit(accountForm, req.body, data => changeAccount(req.ctx, data))
  const account = await ownAccount(req.ctx)
  if (!changed.ok) return replyRefused(req, res, PAGE, changed, { account, isMailed: isMailed() })

  return replyDone(req, res, { to: paths.auth.account(), data: { account }, flash: 'auth:account.saved' })
}
