import type { Request, Response } from 'express'
import { idOf, read, submit } from '../../forms/form.ts'
import { proposalForm, timeOffSearch } from '../../forms/time-off.ts'
import { proposeTimes } from '../../services/appointments/propose.ts'
import { appointmentFor } from '../../services/appointments/queries.ts'
import { replyDone, replyRefused } from '../../views.ts'
import { door } from './door.ts'
import { worklistPage } from './worklist-page.ts'

/** The free times beside a visit are sent to its patient; else the worklist as it is by now. */
export async function create(req: Request, res: Response) {
  const { id } = await appointmentFor(req.ctx, idOf(req.params))
  const query = read(timeOffSearch, req.query)
  const sent = await submit(proposalForm, req.body, times => proposeTimes(req.ctx, id, times))
  if (!sent.ok) return replyRefused(req, res, 'team/conflicts/index', sent, await worklistPage(req, query))

  const { doctorId, page } = query
  const to = door(req).conflicts({ ...(doctorId && { doctorId }), ...(page > 1 && { page }) })
  return replyDone(req, res, { to, flash: 'team:flash.proposed' })
}
