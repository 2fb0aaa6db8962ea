import type { Request, Response } from 'express'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { hoursForm } from '../../forms/working-hours.ts'
import { previewWorkingHours } from '../../services/availability/preview-working-hours.ts'
import { newHours, workingHoursFor } from '../../services/availability/working-hours-queries.ts'
import { reply, replyRefused } from '../../views.ts'
import { addPage, doctorIn, editPage } from './hours-pages.ts'

/** What hours would do, before they are saved; or, from there, the form again with everything typed. */
export async function create(req: Request, res: Response) {
  const id = req.body?.id ? idOf(req.body) : undefined
  const known = () => (id ? workingHoursFor(req.ctx, id) : newHours(req.ctx, doctorIn(req)))
  const page = id ? editPage : addPage
  const previewed = await submit(hoursForm, req.body, async ({ change, ...draft }) =>
    change ? null : previewWorkingHours(req.ctx, draft)
  )
  if (!previewed.ok) return replyRefused(req, res, page, previewed, await known())

  const form = blankForm(hoursForm, req.body)
  return previewed.result
    ? reply(req, res, 'team/working-hours/preview', { ...previewed.result, form })
    : reply(req, res, page, { ...(await known()), form })
}
