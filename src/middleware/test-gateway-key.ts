import type { RequestHandler } from 'express'
import { checkKey } from '../services/test-gateway/setup.ts'

/** Only a merchant of the test gateway's, with its key. */
export const testGatewayKey: RequestHandler = (req, _res, next) => {
  checkKey(req.get('authorization'))
  next()
}
