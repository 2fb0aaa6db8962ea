import type { Request, Response } from 'express'
import { read } from '../../forms/form.ts'
import { worklistQuery } from '../../forms/time-off.ts'
import { conflicts, movedVisit } from '../../services/appointments/conflicts.ts'
import { whoseTime } from '../../services/availability/whose-time.ts'
import { reply } from '../../views.ts'

/** Everyone who must be moved or told; of one doctor's patients when one is named. */
export async function index(req: Request, res: Response) {
  const query = read(worklistQuery, req.query)
  const only = query.doctorId ? await whoseTime(req.ctx, query.doctorId) : null
  const doctor = only && { id: only.id, name: only.name }
  const moved = query.moved ? await movedVisit(req.ctx, query.moved) : null
  await reply(req, res, 'team/conflicts/index', { doctor, moved, ...(await conflicts(req.ctx, query)) })
}
