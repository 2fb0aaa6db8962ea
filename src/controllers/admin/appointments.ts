import type { Request, Response } from 'express'
import { appointmentSearch } from '../../forms/admin.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { listAppointments } from '../../services/appointments/admin-list.ts'
import { canChangeRoom } from '../../services/appointments/change-room.ts'
import { appointmentFor, historyOf, view } from '../../services/appointments/queries.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply } from '../../views.ts'

/** From today on, unless other days are asked for. */
export async function index(req: Request, res: Response) {
  const asked = read(appointmentSearch, req.query)
  const query = { ...asked, when: asked.when ?? (asked.from || asked.to ? 'any' : 'today') } as const
  const [found, clinics, doctors] = await Promise.all([
    listAppointments(req.ctx, query),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(appointmentSearch, { ...query, when: query.when === 'today' ? '' : query.when })
  await reply(req, res, 'admin/appointments/index', { ...found, clinics, doctors, form })
}

export async function show(req: Request, res: Response) {
  const found = await appointmentFor(req.ctx, idOf(req.params))
  const history = await historyOf(req.ctx, found)
  const appointment = { ...view(req.ctx, found), canChangeRoom: canChangeRoom(req.ctx, found) }
  await reply(req, res, 'admin/appointments/show', { appointment, history })
}
