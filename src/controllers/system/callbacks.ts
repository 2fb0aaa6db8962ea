import type { RequestHandler } from 'express'
import { receiveCallback } from '../../services/payments/callback.ts'

/** A gateway calls: 204 once what it is about stands as the gateway says, 503 when it should call again. */
export const create =
  (gateway: 'test' | 'stripe'): RequestHandler =>
  async (req, res) => {
    const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0)
    await receiveCallback(req.ctx, gateway, body, req.headers)
    res.status(204).end()
  }
