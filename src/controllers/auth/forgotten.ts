import type { Request, Response } from 'express'
import { forgottenForm, forgottenQuery } from '../../forms/auth.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { askForReset } from '../../services/people/ask-for-reset.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const PAGE = 'auth/forgotten/add'

export async function add(req: Request, res: Response) {
  const { door, sent } = read(forgottenQuery, req.query)
  return reply(req, res, PAGE, {
    ...{ door, isSent: sent === 'yes' && isMailed() },
    isMailed: isMailed(),
    form: blankForm(forgottenForm)
  })
}

/** The same answer for every address, before anybody looks whose it is. */
export async function create(req: Request, res: Response) {
  const { door } = read(forgottenQuery, req.query)
  const asked = await submit(forgottenForm, req.body, data => askForReset(req.ctx, data))
  if (!asked.ok) return replyRefused(req, res, PAGE, asked, { door, isSent: false, isMailed: isMailed() })

  return replyDone(req, res, { to: paths.auth.forgotten({ door, sent: 'yes' }), data: { isSent: true }, status: 202 })
}
