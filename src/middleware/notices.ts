import type { RequestHandler } from 'express'
import { may } from '../permissions.ts'
import { unreadNotices } from '../services/notifications/notice-queries.ts'

/** How many notices somebody has not read: it stands at the top of every page of patients and doctors. */
export const notices: RequestHandler = async (req, res, next) => {
  if (req.accepts(['html', 'json']) === 'html' && may(req.ctx.actor, 'notices.read'))
    res.locals.unread = await unreadNotices(req.ctx)
  next()
}
