import { submit } from '../../forms/form.ts'
import { waiverForm } from '../../forms/payments.ts'
import { waivePayment } from '../../services/payments/waive.ts'
import { asking, doing } from './money-pages.ts'

const question = { page: 'admin/waivers/add', can: 'canWaive' } as const

/** Asks before somebody is let off what they owe: that is final. */
export const add = asking(question, () => waiverForm)

export const create = doing(
  question,
  (req, id) => submit(waiverForm, req.body, why => waivePayment(req.ctx, id, why)),
  () => 'payments:flash.waived'
)
