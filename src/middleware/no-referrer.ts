import type { RequestHandler } from 'express'

/**
 * For pages with a secret in their address: no other page, picture or server hears more of it than whose site it is. Not
 * `no-referrer`, with which browsers send forms without saying where they come from (Fetch, 3.2).
 */
export const noReferrer: RequestHandler = (_req, res, next) => {
  res.set('Referrer-Policy', 'strict-origin')
  next()
}
