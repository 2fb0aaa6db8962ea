import type { Request, Response } from 'express'
import { blankForm, submit } from '../../forms/form.ts'
import { someWanted, wantedForm } from '../../forms/wanted.ts'
import { paths } from '../../paths.ts'
import { changeWanted, ownWanted } from '../../services/people/change-wanted.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'auth/messages/edit'

export async function edit(req: Request, res: Response) {
  const own = await ownWanted(req.ctx)
  await reply(req, res, page, { ...own, form: blankForm(wantedForm(own.role), own.wanted) })
}

/** A box that is not ticked says no. */
export const update = (req: Request, res: Response) => save(req, res, wantedForm)

/** For programs: what is left out stays. */
export const patch = (req: Request, res: Response) => save(req, res, someWanted)

async function save(req: Request, res: Response, formOf: typeof wantedForm | typeof someWanted) {
  const { role } = await ownWanted(req.ctx)
  const saved = await submit(formOf(role), req.body, wanted => changeWanted(req.ctx, wanted))
  const own = await ownWanted(req.ctx)
  if (!saved.ok) return replyRefused(req, res, page, saved, own)
  return replyDone(req, res, { to: paths.auth.messages(), data: own, flash: 'messages:wanted.saved' })
}
