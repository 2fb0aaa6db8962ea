import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import type { KindName } from '../../services/catalogue/kinds.ts'
import { removalOf, removeThing } from '../../services/catalogue/remove.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/removals/add'

/** Asks before something is gone for good, or says what refers to it. */
export const add = (kind: KindName) => async (req: Request, res: Response) => {
  await reply(req, res, page, {
    collection: kind,
    ...(await removalOf(req.ctx, kind, idOf(req.params))),
    form: blankForm(nothing)
  })
}

export const create = (kind: KindName) => async (req: Request, res: Response) => {
  const id = idOf(req.params)
  const removed = await submit(nothing, req.body, () => removeThing(req.ctx, kind, id))
  if (!removed.ok)
    return replyRefused(req, res, page, removed, { collection: kind, ...(await removalOf(req.ctx, kind, id)) })

  return replyDone(req, res, { to: paths.admin[kind].index(), flash: 'admin:flash.removed' })
}
