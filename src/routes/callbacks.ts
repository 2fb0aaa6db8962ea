import { type RequestHandler, Router, raw } from 'express'
import * as callbacks from '../controllers/system/callbacks.ts'
import { byAddress, limit } from '../middleware/rate-limit.ts'

const most = limit({ name: 'callbacks', minutes: 1, most: 600, by: byAddress })
/** A signature is over bytes. */
const bytes: RequestHandler = raw({ type: () => true, limit: '100kb' })

/** What gateways tell us: asked by machines, with no session; the signature says who. */
export const callback = Router()
  .post('/test', most, bytes, callbacks.create('test'))
  .post('/stripe', most, bytes, callbacks.create('stripe'))
