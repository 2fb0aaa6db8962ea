import type { Request, Response } from 'express'
import { NotFound } from '../../errors.ts'
import { invitationForm, nextOf, registerForm, registerQuery } from '../../forms/auth.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { acceptInvitation } from '../../services/people/accept-invitation.ts'
import { invitationFor } from '../../services/people/invitations.ts'
import { register } from '../../services/people/register.ts'
import { type Door, landing, sessionFor, startPage, startSession } from '../../sign-in.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'

const PAGE = 'auth/register/add'

export const add = (door: Door) => async (req: Request, res: Response) => {
  const { next, invitation: code } = read(registerQuery, req.query)
  if (req.user) return replyDone(req, res, { to: startPage(req.user), flash: 'auth:register.signedIn' })

  const invited = await invitedBy(req, code)
  if (code && !invited && wantsJson(req)) throw new NotFound()
  if (code && !invited) return reply(req, res.status(404), 'auth/register/unusable')
  const form = invited || door === 'team' ? invitationForm : registerForm
  return reply(req, res, PAGE, { door, next, invited, form: blankForm(form, { name: invited?.name }) })
}

export const create = (door: Door) => async (req: Request, res: Response) => {
  const byInvitation = door === 'team' || Boolean(req.body?.invitation)
  const done = byInvitation
    ? await submit(invitationForm, req.body, data => acceptInvitation(req.ctx, data))
    : await submit(registerForm, req.body, data => register(req.ctx, data))
  if (!done.ok) {
    const { next, invitation } = done.form.values
    return replyRefused(req, res, PAGE, done, { door, next: nextOf(next), invited: await invitedBy(req, invitation) })
  }
  await startSession(req, done.result)
  const to = landing(done.result, nextOf(req.body.next))
  const flash = byInvitation || !isMailed() ? 'auth:register.done' : 'auth:register.mailed'
  return replyDone(req, res, { to, data: await sessionFor(req, done.result), status: 201, flash })
}

/** Whom an invitation is for, if its code is good. The code itself goes back into the form and nowhere else. */
async function invitedBy(req: Request, code: unknown) {
  if (typeof code !== 'string' || !code) return null
  const invitation = await invitationFor(req.ctx, code)
  if (!invitation) return null
  const { email, name, role } = invitation.user
  return { email, name, role, code }
}
