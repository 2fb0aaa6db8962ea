import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { endSession } from '../../services/people/end-session.ts'
import { publicId, sessionsOf } from '../../services/people/sessions.ts'
import { endSession as leave } from '../../sign-in.ts'
import { reply, replyDone } from '../../views.ts'

export async function index(req: Request, res: Response) {
  return reply(req, res, 'auth/sessions/index', { sessions: await sessionsOf(req.ctx, req.sessionID) })
}

export async function remove(req: Request, res: Response) {
  read(nothing, req.body)
  const id = String(req.params.id)
  await endSession(req.ctx, id)
  if (id === publicId(req.sessionID)) {
    await leave(req)
    return replyDone(req, res, { to: paths.home(), flash: 'auth:logout.done' })
  }
  return replyDone(req, res, { to: paths.auth.sessions.index(), flash: 'auth:sessions.ended' })
}
