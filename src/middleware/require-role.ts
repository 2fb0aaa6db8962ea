import type { RequestHandler } from 'express'
import { Forbidden, NotSignedIn } from '../errors.ts'
import { may, type Permission } from '../permissions.ts'
import { noteRefusal } from '../services/audit/note-refusal.ts'

/**
 * The gate of a mount, or of one route: says no unless the permission table says yes. Who is told no is written down.
 */
export const requireRole =
  (permission: Permission): RequestHandler =>
  async (req, _res, next) => {
    if (!req.user) throw new NotSignedIn()
    if (may(req.ctx.actor, permission)) return next()

    await noteRefusal(req.ctx, permission, req.originalUrl.split('?')[0] ?? '')
    throw new Forbidden()
  }
