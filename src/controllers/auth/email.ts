import type { Request, Response } from 'express'
import { emailForm, sentQuery } from '../../forms/auth.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { askForEmail } from '../../services/people/ask-for-email.ts'
import { ownAccount } from '../../services/people/queries.ts'
import { noteAskedEmail } from '../../services/people/sessions.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const PAGE = 'auth/email/edit'

export async function edit(req: Request, res: Response) {
  const { sent } = read(sentQuery, req.query)
  return reply(req, res, PAGE, { ...(await factsOf(req, sent === 'yes')), form: blankForm(emailForm) })
}

/** Nothing changes before the link that goes to the new address is used; nor is said whether one goes there. */
export async function update(req: Request, res: Response) {
  const asked = await submit(emailForm, req.body, async data => {
    await askForEmail(req.ctx, data)
    await noteAskedEmail(req.sessionID, data.email)
  })
  if (!asked.ok) return replyRefused(req, res, PAGE, asked, await factsOf(req, false))

  return replyDone(req, res, { to: paths.auth.email({ sent: 'yes' }), data: { isSent: true }, status: 202 })
}

async function factsOf({ ctx, session }: Request, isSent: boolean) {
  const { email } = await ownAccount(ctx)
  const askedEmail = isSent ? (session.askedEmail ?? null) : null
  return { email, askedEmail, isSent: isSent && isMailed(), isMailed: isMailed() }
}
