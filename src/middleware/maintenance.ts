import type { Request, RequestHandler } from 'express'
import { may } from '../permissions.ts'
import { clinicPhones } from '../services/clinics/queries.ts'
import { settings } from '../services/settings/settings.ts'
import { reply, replyProblem, wantsJson } from '../views.ts'

const MINUTES = 10
const doors = /^\/(admin|doctor|auth\/(login|logout|reset|sessions?))(\/|$)/i

/** Nobody joins meanwhile but those whom the team expects. */
const isInvited = ({ path, query, body }: Request) =>
  /^\/auth\/register\/?$/i.test(path) && Boolean(query.invitation || body?.invitation)

/**
 * While the settings say so, visitors and patients are told to come back later. The team works on, and hears on every
 * page that others can't; anybody can sign in, with a link too, since nobody is of the team before.
 */
export const maintenance: RequestHandler = async (req, res, next) => {
  if (!(await settings()).isUnderMaintenance) return next()

  const isTeam = may(req.ctx.actor, 'admin.enter') || may(req.ctx.actor, 'schedule.run')
  res.locals.isUnderMaintenance = isTeam
  if (isTeam || doors.test(req.path) || isInvited(req)) return next()

  res.locals.isTurnedAway = true
  res.set('Retry-After', String(MINUTES * 60))
  if (wantsJson(req)) return replyProblem(req, res, 503, 'errors:pages.maintenance.title')
  return reply(req, res.status(503), 'errors/maintenance', { clinics: await clinicPhones() })
}
