import type { Tag } from './status.ts'

/** How a payment stands, in the words of whoever looks at it; see `services/payments/view.ts`. */
export type PaymentState =
  | 'PENDING'
  | 'AT_CLINIC'
  | 'UNPAID'
  | 'SUCCESS'
  | 'FAILED'
  | 'REFUND_DUE'
  | 'REFUND_AT_CLINIC'
  | 'REFUNDED'
  | 'NOT_DUE'

const looks: Record<PaymentState, Omit<Tag, 'key'>> = {
  PENDING: { tone: 'amber', icon: 'hourglass-split' },
  AT_CLINIC: { tone: 'amber', icon: 'cash' },
  UNPAID: { tone: 'amber', icon: 'cash' },
  SUCCESS: { tone: 'brand', icon: 'check-lg' },
  FAILED: { tone: 'red', icon: 'x-lg' },
  REFUND_DUE: { tone: 'blue', icon: 'arrow-counterclockwise' },
  REFUND_AT_CLINIC: { tone: 'blue', icon: 'cash' },
  REFUNDED: { tone: 'quiet', icon: 'arrow-counterclockwise' },
  NOT_DUE: { tone: 'quiet', icon: 'x-lg' }
}

/** One word, one shape and one tone for how a payment stands, wherever it is shown. */
export const paymentTag = (state: PaymentState): Tag => ({ key: `payments:state.${state}`, ...looks[state] })
