import type { Request, Response } from 'express'
import { passwordForm } from '../../forms/auth.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { changePassword } from '../../services/people/change-password.ts'
import { sessionFor, startSession } from '../../sign-in.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const PAGE = 'auth/password/edit'

export async function edit(req: Request, res: Response) {
  return reply(req, res, PAGE, { form: blankForm(passwordForm) })
}

export async function update(req: Request, res: Response) {
  const changed = await submit(passwordForm, req.body, data => changePassword(req.ctx, data))
  if (!changed.ok) return replyRefused(req, res, PAGE, changed)

  await startSession(req, req.ctx.actor)
  const data = await sessionFor(req, req.ctx.actor)
  return replyDone(req, res, { to: paths.auth.account(), data, flash: 'auth:password.changed' })
}
