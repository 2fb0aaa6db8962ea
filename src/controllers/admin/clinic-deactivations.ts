import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { activateClinic } from '../../services/clinics/activate-clinic.ts'
import { clinicFor } from '../../services/clinics/admin-queries.ts'
import { deactivateClinic } from '../../services/clinics/deactivate-clinic.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/clinic-deactivations/add'

export async function add(req: Request, res: Response) {
  await reply(req, res, page, { clinic: await clinicOf(req), form: blankForm(nothing) })
}

export async function create(req: Request, res: Response) {
  const clinic = await clinicOf(req)
  const done = await submit(nothing, req.body, () => deactivateClinic(req.ctx, clinic.id))
  if (!done.ok) return replyRefused(req, res, page, done, { clinic })
  return show(req, res, 'admin:flash.deactivated')
}

export async function remove(req: Request, res: Response) {
  const clinic = await clinicOf(req)
  const done = await submit(nothing, req.body, () => activateClinic(req.ctx, clinic.id))
  if (!done.ok) return replyRefused(req, res, page, done, { clinic })
  return show(req, res, 'admin:flash.activated')
}

async function show(req: Request, res: Response, flash: string) {
  const clinic = await clinicOf(req)
  return replyDone(req, res, { to: paths.admin.clinics.show(clinic.id), data: { clinic }, flash })
}

const clinicOf = (req: Request) => clinicFor(req.ctx, idOf(req.params))
