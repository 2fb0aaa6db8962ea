import express, { Router } from 'express'
import * as api from '../controllers/test-gateway/api.ts'
import * as checkouts from '../controllers/test-gateway/checkouts.ts'

const json = express.json({ limit: '20kb' })

/** Asked by the merchant's server: no session, no page. */
export const testGatewayApi = Router()
  .post('/checkouts', json, api.create)
  .get('/checkouts/:id', api.show)
  .post('/checkouts/:id/closing', json, api.close)
  .post('/checkouts/:id/refund', json, api.refund)

/** The pages on which people pay, whoever they are. */
export const testGateway = Router()
  .get('/checkouts/:id', checkouts.show)
  .post('/checkouts/:id/decision', checkouts.decide)
