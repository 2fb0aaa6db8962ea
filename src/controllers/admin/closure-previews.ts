import type { Request, Response } from 'express'
import { closureForm } from '../../forms/closures.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { previewClosures } from '../../services/clinics/plan-closures.ts'
import { reply, replyRefused } from '../../views.ts'
import { addPage } from './closure-pages.ts'

/** Who would be hit and what goes off offer, before it is saved; or, from there, the form with everything typed. */
export async function create(req: Request, res: Response) {
  const previewed = await submit(closureForm, req.body, async ({ change, clinicId, ...days }) =>
    change ? null : previewClosures(req.ctx, { clinicId, days: [days] })
  )
  const clinics = await clinicChoices(req.ctx)
  if (!previewed.ok) return replyRefused(req, res, addPage, previewed, { clinics })

  const form = blankForm(closureForm, req.body)
  return previewed.result
    ? reply(req, res, 'admin/closures/preview', { ...previewed.result, form })
    : reply(req, res, addPage, { clinics, form })
}
