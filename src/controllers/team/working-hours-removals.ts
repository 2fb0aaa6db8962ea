import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { previewRemoval } from '../../services/availability/preview-working-hours.ts'
import { removeWorkingHours } from '../../services/availability/remove-working-hours.ts'
import { reply, replyRefused } from '../../views.ts'
import { replySaved } from './hours-pages.ts'

const page = 'team/working-hours/removal'

/** Asks before hours go, and says what goes with them. */
export async function add(req: Request, res: Response) {
  await reply(req, res, page, await previewRemoval(req.ctx, idOf(req.params)))
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const removed = await submit(nothing, req.body, () => removeWorkingHours(req.ctx, id))
  if (!removed.ok) return replyRefused(req, res, page, removed, await previewRemoval(req.ctx, id))

  return replySaved(req, res, 'removed', removed.result)
}
