import type { RequestHandler } from 'express'
import { conflictCount } from '../services/appointments/conflicts.ts'
import { wantsJson } from '../views.ts'

/** How many patients must be moved or told: it stands on every page of the team until there is nobody left. */
export const worklist: RequestHandler = async (req, res, next) => {
  if (!wantsJson(req)) res.locals.toSolve = await conflictCount(req.ctx)
  next()
}
