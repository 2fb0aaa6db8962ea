import { randomUUID } from 'node:crypto'
import { pinoHttp } from 'pino-http'
import { log } from '../log.ts'

/** One line per request: method, path without its query, status, time taken. */
export const logging = pinoHttp({
  logger: log,
  genReqId: (_req, res) => {
    const id = randomUUID()
    res.setHeader('X-Request-Id', id)
    return id
  },
  serializers: {
    req: ({ id, method, url }) => ({ id, method, path: String(url).split('?')[0] }),
    res: ({ statusCode }) => ({ statusCode })
  },
  customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info')
})
