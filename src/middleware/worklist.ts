import type { RequestHandler } from 'express'
import { conflictCount } from '../services/appointments/conflicts.ts'
import { messagesStanding } from '../services/messages/standing.ts'
import { unreachedCount } from '../services/messages/unreached.ts'
import { wantsJson } from '../views.ts'

/**
 * How many patients must be moved or told, how many could not be reached, and whether messages go out at all: it stands
 * on every page of the team until there is nothing left to do.
 */
export const worklist: RequestHandler = async (req, res, next) => {
  if (wantsJson(req)) return next()
  const { ctx } = req
  const [toSolve, toReach, standing] = await Promise.all([
    conflictCount(ctx),
    unreachedCount(ctx),
    messagesStanding(ctx)
  ])
  Object.assign(res.locals, { toSolve, toReach, messagesStanding: standing })
  next()
}
