import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { idOf, read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { releaseHold } from '../../services/appointments/change-hold.ts'
import { replyDone } from '../../views.ts'

export async function create(req: Request, res: Response) {
  read(nothing, req.body)
  await releaseHold(req.ctx, idOf(req.params))
  replyDone(req, res, { to: paths.booking.doctors.index(), flash: 'booking:flash.released' })
}
