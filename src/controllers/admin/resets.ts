import type { Request, Response } from 'express'
import { config } from '../../config.ts'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { offerReset } from '../../services/people/offer-reset.ts'
import { reply, replyRefused, wantsJson } from '../../views.ts'

/** The page with the link, which is mailed as well: this once, and never in an address of ours. */
export async function create(req: Request, res: Response) {
  const account = await userFor(req.ctx, idOf(req.params))
  const offered = await submit(nothing, req.body, () => offerReset(req.ctx, account.id))
  if (!offered.ok) return replyRefused(req, res, 'admin/users/show', offered, { account })

  const code = offered.result
  const reset = { code, link: config.baseUrl + paths.auth.reset({ code }), isMailed: isMailed() }
  if (wantsJson(req)) res.location(paths.admin.users.show(account.id))
  await reply(req, res.status(201), 'admin/resets/show', { account, reset })
}
