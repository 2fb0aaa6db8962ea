import type { Request, Response } from 'express'
import { appointmentSearch } from '../../forms/admin.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { listAppointments } from '../../services/appointments/admin-list.ts'
import { appointmentFor, historyOf, view } from '../../services/appointments/queries.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply } from '../../views.ts'

/** From today on, unless the address asks for anything in particular. */
export async function index(req: Request, res: Response) {
  const isAsked = Object.keys(req.query).length > 0
  const query = read(appointmentSearch, isAsked ? req.query : { from: req.ctx.now.toString().slice(0, 10) })
  const [found, clinics, doctors] = await Promise.all([
    listAppointments(req.ctx, query),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(appointmentSearch, { ...query })
  await reply(req, res, 'admin/appointments/index', { ...found, clinics, doctors, form })
}

export async function show(req: Request, res: Response) {
  const found = await appointmentFor(req.ctx, idOf(req.params))
  const history = await historyOf(req.ctx, found)
  await reply(req, res, 'admin/appointments/show', { appointment: view(req.ctx, found), history })
}
