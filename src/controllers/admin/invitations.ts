import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { userFor } from '../../services/people/admin-queries.ts'
import { doctorFor } from '../../services/people/doctor-queries.ts'
import { invite } from '../../services/people/invite.ts'
import { replyRefused } from '../../views.ts'
import { replyInvited } from './invited.ts'

export async function createForDoctor(req: Request, res: Response) {
  const doctor = await doctorFor(req.ctx, idOf(req.params))
  const invited = await submit(nothing, req.body, () => invite(req.ctx, doctor.userId))
  if (!invited.ok) return replyRefused(req, res, 'admin/doctors/show', invited, { doctor })

  const to = paths.admin.doctors.show(doctor.id)
  return replyInvited(req, res, { to, data: { doctor }, person: doctor, code: invited.result })
}

export async function createForUser(req: Request, res: Response) {
  const account = await userFor(req.ctx, idOf(req.params))
  const invited = await submit(nothing, req.body, () => invite(req.ctx, account.id))
  if (!invited.ok) return replyRefused(req, res, 'admin/users/show', invited, { account })

  const to = paths.admin.users.show(account.id)
  return replyInvited(req, res, { to, data: { account }, person: account, code: invited.result })
}
