import { Router } from 'express'
import * as collections from '../controllers/admin/collections.ts'
import * as payments from '../controllers/admin/payments.ts'
import * as refunds from '../controllers/admin/refunds.ts'
import * as takings from '../controllers/admin/takings.ts'
import * as waivers from '../controllers/admin/waivers.ts'
import * as receipts from '../controllers/booking/receipts.ts'
import { requireRole } from '../middleware/require-role.ts'

const listPayments = requireRole('payments.list')
const collect = requireRole('payments.collect')
const refund = requireRole('payments.refund')

/** What patients pay and get back, for the front desk and the administrators. */
export const money = Router()
  .get('/payments', listPayments, payments.index)
  .get('/payments/payments.csv', listPayments, payments.csv)
  .get('/payments/:id', listPayments, payments.show)
  .get('/payments/:id/receipt.pdf', listPayments, receipts.show)
  .get('/payments/:id/collection', collect, collections.add)
  .post('/payments/:id/collection', collect, collections.create)
  .post('/payments/:id/collection/removal', collect, collections.remove)
  .get('/payments/:id/refund', refund, refunds.add)
  .post('/payments/:id/refund', refund, refunds.create)
  .get('/payments/:id/waiver', refund, waivers.add)
  .post('/payments/:id/waiver', refund, waivers.create)
  .get('/takings', listPayments, takings.show)
  .get('/takings/takings.csv', listPayments, takings.csv)
