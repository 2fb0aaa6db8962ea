import type { Request, Response } from 'express'
import { NotFound } from '../../errors.ts'
import { resetForm, resetQuery } from '../../forms/auth.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { resetFor } from '../../services/people/invitations.ts'
import { resetPassword } from '../../services/people/reset-password.ts'
import { sessionFor, startPage, startSession } from '../../sign-in.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'

const page = 'auth/resets/add'

export async function add(req: Request, res: Response) {
  const { code } = read(resetQuery, req.query)
  const owner = await ownerOf(req, code)
  if (code && !owner && wantsJson(req)) throw new NotFound()
  if (code && !owner) return reply(req, res.status(404), 'auth/resets/unusable')
  return reply(req, res, page, { owner, form: blankForm(resetForm) })
}

/** The old sessions are over; whoever has the link starts a new one. */
export async function create(req: Request, res: Response) {
  const done = await submit(resetForm, req.body, data => resetPassword(req.ctx, data))
  if (!done.ok) return replyRefused(req, res, page, done, { owner: await ownerOf(req, done.form.values.code) })

  await startSession(req, done.result)
  const data = await sessionFor(req, done.result)
  return replyDone(req, res, { to: startPage(done.result), data, flash: 'auth:reset.done' })
}

/** Whose password it is, if the code is good. The code itself goes back into the form and nowhere else. */
async function ownerOf(req: Request, code: unknown) {
  if (typeof code !== 'string' || !code) return null
  const reset = await resetFor(req.ctx, code)
  return reset && { email: reset.user.email, code }
}
