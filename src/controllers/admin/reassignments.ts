import type { Request, Response } from 'express'
import { reassignForm, reassignQuery } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { otherDoctorsFor } from '../../services/appointments/other-doctors.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'
import { reassignAppointment } from '../../services/appointments/reassign.ts'
import { noteDeskLook } from '../../services/appointments/visit.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/reassignments/add'
const { appointments } = paths.admin

export async function add(req: Request, res: Response) {
  const query = read(reassignQuery, req.query)
  await reply(req, res, page, { ...(await choice(req, query.doctorId)), ...query, form: blankForm(reassignForm) })
}

export async function create(req: Request, res: Response) {
  const id = idOf(req.params)
  const query = read(reassignQuery, req.query)
  const before = view(req.ctx, await appointmentFor(req.ctx, id))
  const given = await submit(reassignForm, req.body, wish => reassignAppointment(req.ctx, id, wish))
  if (!given.ok) return replyRefused(req, res, page, given, { ...(await choice(req, query.doctorId)), ...query })

  const appointment = view(req.ctx, await appointmentFor(req.ctx, id))
  const data = { appointment }
  if (query.from === 'conflicts') return replyDone(req, res, { to: paths.admin.conflicts({ moved: id }), data })
  return replyDone(req, res, { to: appointments.back(query.from, before), data, flash: 'desk:flash.reassigned' })
}

async function choice(req: Request, doctorId?: string) {
  const found = await otherDoctorsFor(req.ctx, idOf(req.params), doctorId)
  await noteDeskLook(req.ctx, found.appointment)
  return found
}
