import type { Request, Response } from 'express'
import { NotFound } from '../../errors.ts'
import { confirmationForm, resetQuery } from '../../forms/auth.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { confirmationOf, confirmEmail, isConfirmed } from '../../services/people/confirm-email.ts'
import { sessionFor, startSession } from '../../sign-in.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'

const PAGE = 'auth/confirmations/add'

/** What a link is good for. Opening it changes nothing. */
export async function add(req: Request, res: Response) {
  const { code } = read(resetQuery, req.query)
  const confirmation = await linkOf(req, code)
  if (code && !confirmation && (await isConfirmed(req.ctx, code)))
    return reply(req, res, 'auth/confirmations/done', { isConfirmed: true })
  if (code && !confirmation && wantsJson(req)) throw new NotFound()
  if (code && !confirmation) return reply(req, res.status(404), 'auth/confirmations/unusable')
  return reply(req, res, PAGE, { confirmation, form: blankForm(confirmationForm) })
}

export async function create(req: Request, res: Response) {
  const done = await submit(confirmationForm, req.body, data => confirmEmail(req.ctx, data))
  if (!done.ok) return replyRefused(req, res, PAGE, done, { confirmation: await linkOf(req, done.form.values.code) })

  const { changed } = done.result
  const { actor } = req.ctx
  // All sessions ended with the old address: whoever has the new one goes on in another.
  if (changed) await startSession(req, actor)
  const to = actor.id ? paths.auth.account() : paths.auth.login()
  const flash = changed ? 'auth:emailChange.changed' : 'auth:confirmation.done'
  return replyDone(req, res, { to, data: await sessionFor(req, actor), flash })
}

async function linkOf(req: Request, code: unknown) {
  return typeof code === 'string' && code ? confirmationOf(req.ctx, code) : null
}
