import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { activateDoctor } from '../../services/people/activate-doctor.ts'
import { deactivateDoctor } from '../../services/people/deactivate-doctor.ts'
import { doctorFor } from '../../services/people/doctor-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const page = 'admin/doctor-deactivations/add'

export async function add(req: Request, res: Response) {
  await reply(req, res, page, { doctor: await doctorOf(req), form: blankForm(nothing) })
}

export async function create(req: Request, res: Response) {
  const doctor = await doctorOf(req)
  const done = await submit(nothing, req.body, () => deactivateDoctor(req.ctx, doctor.id))
  if (!done.ok) return replyRefused(req, res, page, done, { doctor })
  return show(req, res, 'admin:flash.deactivated')
}

export async function remove(req: Request, res: Response) {
  const doctor = await doctorOf(req)
  const done = await submit(nothing, req.body, () => activateDoctor(req.ctx, doctor.id))
  if (!done.ok) return replyRefused(req, res, page, done, { doctor })
  return show(req, res, 'admin:flash.activated')
}

async function show(req: Request, res: Response, flash: string) {
  const doctor = await doctorOf(req)
  return replyDone(req, res, { to: paths.admin.doctors.show(doctor.id), data: { doctor }, flash })
}

const doctorOf = (req: Request) => doctorFor(req.ctx, idOf(req.params))
