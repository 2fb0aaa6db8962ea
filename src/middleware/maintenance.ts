import type { RequestHandler } from 'express'
import { may } from '../permissions.ts'
import { settings } from '../services/settings/settings.ts'
import { reply, replyProblem, wantsJson } from '../views.ts'

const MINUTES = 10
const doors = /^\/(auth|admin|doctor)(\/|$)/i

/**
 * While the settings say so, visitors and patients are told to come back later. The team works on, and hears on every
 * page that others can't; anybody can sign in, since nobody is of the team before.
 */
export const maintenance: RequestHandler = async (req, res, next) => {
  if (!(await settings()).isUnderMaintenance) return next()

  const isTeam = may(req.ctx.actor, 'admin.enter') || may(req.ctx.actor, 'schedule.run')
  res.locals.isUnderMaintenance = isTeam
  if (isTeam || doors.test(req.path)) return next()

  res.set('Retry-After', String(MINUTES * 60))
  if (wantsJson(req)) return replyProblem(req, res, 503, 'errors:pages.maintenance.title')
  return reply(req, res.status(503), 'errors/maintenance')
}
