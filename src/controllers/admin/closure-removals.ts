import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { closureFor } from '../../services/clinics/closure-queries.ts'
import { reopenClinicDays } from '../../services/clinics/reopen-clinic-days.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/closures/removal'

/** Asks before a clinic opens again, and says what comes back. */
export async function add(req: Request, res: Response) {
  await reply(req, res, page, { closure: await closureFor(req.ctx, idOf(req.params)), form: blankForm(nothing) })
}

export async function create(req: Request, res: Response) {
  const closure = await closureFor(req.ctx, idOf(req.params))
  const opened = await submit(nothing, req.body, () => reopenClinicDays(req.ctx, closure.id))
  if (!opened.ok) return replyRefused(req, res, page, opened, { closure })

  return replyDone(req, res, {
    to: paths.admin.closures.index({ clinicId: closure.clinic.id }),
    flash: 'admin:closures.flash.opened'
  })
}
