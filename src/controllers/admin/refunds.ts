import { submit } from '../../forms/form.ts'
import { handBackForm, refundForm } from '../../forms/payments.ts'
import { paymentAtDesk } from '../../services/payments/at-desk.ts'
import { refundPayment } from '../../services/payments/refund.ts'
import { asking, doing } from './money-pages.ts'

const question = { page: 'admin/refunds/add', can: 'canRefund' } as const

/** What waits to be handed back has its reason already. */
const formFor = ({ state }: { state: string }) => (state === 'REFUND_AT_CLINIC' ? handBackForm : refundForm)

/** Asks before money goes back: that is final. */
export const add = asking(question, formFor)

export const create = doing(
  question,
  async (req, id) => {
    const { payment } = await paymentAtDesk(req.ctx, id)
    return submit(formFor(payment), req.body, why => refundPayment(req.ctx, id, why))
  },
  ({ gateway }) => (gateway ? 'payments:flash.refundDue' : 'payments:flash.handedBack')
)
