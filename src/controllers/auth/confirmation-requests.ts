import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { askForConfirmation } from '../../services/people/ask-for-confirmation.ts'
import { replyDone } from '../../views.ts'

export async function create(req: Request, res: Response) {
  read(nothing, req.body)
  await askForConfirmation(req.ctx)
  const data = { isSent: true }
  return replyDone(req, res, { to: paths.auth.account(), data, status: 202, flash: 'auth:confirmation.asked' })
}
