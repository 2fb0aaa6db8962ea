import type { RequestHandler } from 'express'
import { Forbidden, NotSignedIn } from '../errors.ts'
import { may, type Permission } from '../permissions.ts'

/** The gate of a mount, or of one route: says no unless the permission table says yes. */
export const requireRole =
  (permission: Permission): RequestHandler =>
  (req, _res, next) => {
    if (!req.user) throw new NotSignedIn()
    if (!may(req.ctx.actor, permission)) throw new Forbidden()
    next()
  }
