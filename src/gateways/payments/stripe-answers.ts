import { z } from 'zod'
import type { Notice, Standing } from '../payments.ts'
import { fromStripe } from './stripe-amounts.ts'

/** What must be expanded in a session for `standingOf`. */
export const expand = ['payment_intent.latest_charge']

/** What is known of a session as it is begun, or found again: its page is there as long as it is open. */
export const begun = z.object({ id: z.string().min(1), client_reference_id: z.string(), url: z.url().nullable() })

/** Money on its way back, or there. What failed or was cancelled came back to the operator's account instead. */
export const refund = z.object({
  id: z.string().min(1),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  amount: z.number().int().nonnegative(),
  created: z.number()
})

export type StripeRefund = z.output<typeof refund>

export const isBack = ({ status }: StripeRefund) => status === 'succeeded'
export const isLost = ({ status }: StripeRefund) => status === 'failed' || status === 'canceled'

/** What these come to in our minor units. */
export const sumOf = (refunds: StripeRefund[], currency: string) =>
  fromStripe(
    refunds.reduce((sum, { amount }) => sum + amount, 0),
    currency
  )

const session = z.object({
  id: z.string().min(1),
  client_reference_id: z.string().min(1),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.string(),
  currency: z.string().length(3),
  payment_intent: z
    .object({
      id: z.string().min(1),
      status: z.string(),
      currency: z.string().length(3),
      amount_received: z.number().int().nonnegative(),
      last_payment_error: z.unknown(),
      latest_charge: z.object({ amount_refunded: z.number().int().nonnegative() }).nullable()
    })
    .nullable()
})

/**
 * How a Checkout Session with its payment stands. What went back includes what is still on its way, since a charge
 * doesn't tell them apart. Throws of anything that isn't one of ours.
 */
export function standingOf(answer: unknown): Standing {
  const { id, client_reference_id: paymentId, payment_intent: intent, ...is } = session.parse(answer)
  const isPaid = is.payment_status === 'paid'
  if (isPaid && !intent) throw new Error('paid without a payment')

  // A bank that took its time and then said no: the session stays complete, and nobody can pay it again.
  const bounced =
    is.status === 'complete' && !isPaid && ['requires_payment_method', 'canceled'].includes(intent?.status ?? '')
  const isOver = is.status === 'expired' || bounced
  const currency = (intent?.currency ?? is.currency).toUpperCase()
  return {
    ...{ reference: id, paymentId, currency },
    state: isPaid ? 'PAID' : isOver ? 'FAILED' : 'OPEN',
    isDeclined: !isPaid && isOver && Boolean(intent?.last_payment_error),
    transactionId: isPaid && intent ? intent.id : null,
    receivedMinor: fromStripe(intent?.amount_received ?? 0, currency),
    refundedMinor: fromStripe(intent?.latest_charge?.amount_refunded ?? 0, currency)
  }
}

/** Of another site that has the same account at Stripe, ids may look like anything. */
const ours = z.uuid()
const aboutSession = z.object({
  type: z.enum([
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.async_payment_failed',
    'checkout.session.expired'
  ]),
  data: z.object({ object: z.object({ id: z.string().min(1), client_reference_id: ours }) })
})
/** A charge has the words of its payment, which was none yet when its session was begun. */
const aboutCharge = z.object({
  type: z.literal('charge.refunded'),
  data: z.object({ object: z.object({ metadata: z.object({ payment_id: ours }) }) })
})
/** A refund that we asked for says what it is of. */
const aboutRefund = z.object({
  type: z.enum(['refund.updated', 'refund.failed']),
  data: z.object({ object: z.object({ metadata: z.object({ session: z.string().min(1), payment_id: ours }) }) })
})

/** What an event is about; null for what is about no session of ours, or doesn't say which. */
export function noticeOf(event: unknown): Notice | null {
  const session = aboutSession.safeParse(event).data?.data.object
  if (session) return { reference: session.id, paymentId: session.client_reference_id }
  const charge = aboutCharge.safeParse(event).data?.data.object
  if (charge) return { reference: '', paymentId: charge.metadata.payment_id }
  const refund = aboutRefund.safeParse(event).data?.data.object
  return refund ? { reference: refund.metadata.session, paymentId: refund.metadata.payment_id } : null
}
