import type { Request, Response } from 'express'
import { reassignForm, reassignQuery } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { otherDoctorsFor } from '../../services/appointments/other-doctors.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { reassignAppointment } from '../../services/appointments/reassign.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/reassignments/add'
const { appointments } = paths.admin

export async function add(req: Request, res: Response) {
  const query = read(reassignQuery, req.query)
  const choice = await otherDoctorsFor(req.ctx, idOf(req.params), query.doctorId)
  await reply(req, res, page, { ...choice, ...query, form: blankForm(reassignForm) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const query = read(reassignQuery, req.query)
  const before = view(req.ctx, await appointmentFor(req.ctx, id))
  const given = await submit(reassignForm, req.body, wish => reassignAppointment(req.ctx, id, wish))
  if (!given.ok)
    return replyRefused(req, res, page, given, { ...(await otherDoctorsFor(req.ctx, id, query.doctorId)), ...query })

  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  const to = appointments.back(query.from, before)
  return replyDone(req, res, { to, data: { appointment }, flash: 'desk:flash.reassigned' })
}
