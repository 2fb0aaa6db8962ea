import express, { type RequestHandler } from 'express'
import { BadRequest } from '../errors.ts'

const LIMIT = '100kb'

/** Forms and JSON up to 100 kB, UTF-8 only, names with values; any other kind of body is refused. */
export const body: RequestHandler[] = [
  express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 200 }),
  express.json({ limit: LIMIT, type: ['application/json', 'application/*+json'] }),
  (req, _res, next) => {
    const hasBody = req.get('transfer-encoding') !== undefined || Number(req.get('content-length') ?? 0) > 0
    if (hasBody && req.body === undefined) throw new BadRequest([], 415)
    if (Array.isArray(req.body)) throw new BadRequest()
    next()
  }
]
