import type { Request, Response } from 'express'
import { cancelledQuery } from '../../forms/booking.ts'
import { read } from '../../forms/form.ts'
import { cancelledVisit, linkedVisit } from '../../services/appointments/linked.ts'
import { timesProposedFor } from '../../services/appointments/proposed.ts'
import { isMailed } from '../../services/notifications/is-mailed.ts'
import { reply } from '../../views.ts'

export async function show(req: Request, res: Response) {
  const appointment = await linkedVisit(req.ctx)
  await reply(req, res, 'visits/show', { appointment, proposed: await timesProposedFor(req.ctx, appointment.id) })
}

/** Where somebody is who has cancelled: which appointment it was is said for an hour. */
export async function cancelled(req: Request, res: Response) {
  const { of } = read(cancelledQuery, req.query)
  const appointment = await cancelledVisit(req.ctx, of ?? '')
  await reply(req, res, 'visits/cancelled', { appointment, isMailed: isMailed() })
}
