import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { endSessions } from '../../services/people/end-sessions.ts'
import { replyDone, replyRefused } from '../../views.ts'

/** Signs somebody out everywhere. */
export async function remove(req: Request, res: Response) {
  const account = await userFor(req.ctx, idOf(req.params))
  const ended = await submit(nothing, req.body, () => endSessions(req.ctx, account.id))
  if (!ended.ok) return replyRefused(req, res, 'admin/users/show', ended, { account })
  return replyDone(req, res, { to: paths.admin.users.show(account.id), flash: 'admin:flash.sessionsEnded' })
}
