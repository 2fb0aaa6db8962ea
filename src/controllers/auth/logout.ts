import type { Request, Response } from 'express'
import { logoutForm } from '../../forms/auth.ts'
import { read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { noteSignOut } from '../../services/people/sign-ins.ts'
import { endSession } from '../../sign-in.ts'
import { replyDone } from '../../views.ts'

export async function create(req: Request, res: Response) {
  const { next } = read(logoutForm, req.body)
  if (req.user) await noteSignOut(req.ctx)
  await endSession(req)
  // Not "cookies": the next page's message travels in one.
  res.set('Clear-Site-Data', '"cache", "storage"')
  return replyDone(req, res, { to: next ?? paths.home(), flash: 'auth:logout.done' })
}
