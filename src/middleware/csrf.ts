import csurf from 'csurf'
import type { Request, RequestHandler } from 'express'
import { config } from '../config.ts'
import { Forbidden, NotSignedIn } from '../errors.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])
const openToGuests = /^\/(auth\/|visits\/|test-gateway\/|admin\/(login|register)$)/
/** Pages that keep their address to themselves: a browser names no sender then, and the token has to do. */
const withoutSender = /^\/visits\//

/** The token of the session, in every form as `_csrf` and in JSON writes as `X-CSRF-Token`. */
const token = csurf({ value: (req: Request) => [req.body?._csrf, req.headers['x-csrf-token']].find(isText) ?? '' })
const isText = (value: unknown) => typeof value === 'string'

/**
 * No change on another site's behalf: first by what the browser says of the sender (Fetch Metadata, else Origin),
 * then by the session's token. Someone who is not signed in hears that first. A session begins with the first form,
 * not with the first page.
 */
export const csrf: RequestHandler = (req, res, next) => {
  if (!safe.has(req.method) && fromElsewhere(req)) throw new Forbidden()

  if (safe.has(req.method) && !('csrfSecret' in req.session)) {
    req.csrfToken = () => {
      token(req, res, () => {})
      return req.csrfToken()
    }
    return next()
  }
  token(req, res, (error?: unknown) => {
    if (req.body && typeof req.body === 'object') delete req.body._csrf
    if (error && !req.user && !openToGuests.test(req.path)) return next(new NotSignedIn())
    next(error)
  })
}

function fromElsewhere(req: Request) {
  const [fetchSite, origin] = [req.get('sec-fetch-site'), req.get('origin')]
  if (fetchSite) return fetchSite === 'cross-site' || fetchSite === 'same-site'
  if (origin === 'null' && withoutSender.test(req.path)) return false
  return origin !== undefined && config.production && origin !== new URL(config.baseUrl).origin
}
