import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Response } from 'express'
import { pinoHttp } from 'pino-http'
import { log } from '../log.ts'

/** Addresses that open something by themselves: whoever reads a log is not to be able to. */
const secret = /(\/(?:visits|unsubscriptions|calendars))\/[^/?]+/i

/** The path of an address, without its query and without what is secret in it. */
export const pathToLog = (url: string) => url.replace(secret, '$1/…').split('?')[0] ?? ''

/** One line per request: method, path without its query, status, time taken. */
export const logging = pinoHttp({
  logger: log,
  genReqId: (_req, res) => {
    const id = randomUUID()
    res.setHeader('X-Request-Id', id)
    return id
  },
  serializers: {
    req: ({ id, method, url }) => ({ id, method, path: pathToLog(String(url)) }),
    res: ({ statusCode }) => ({ statusCode })
  },
  customLogLevel: (_req, res, error) => (error || (res.statusCode >= 500 && !isMeant(res)) ? 'error' : 'info'),
  customErrorObject: (_req, res, _error, said) => (isMeant(res) ? { ...said, err: undefined } : said),
  customErrorMessage: (_req, res) => (isMeant(res) ? 'request completed' : 'request errored')
})

/** Whoever comes during maintenance is turned away on purpose: nothing failed. */
const isMeant = (res: ServerResponse) => Boolean((res as Response).locals?.isTurnedAway)
