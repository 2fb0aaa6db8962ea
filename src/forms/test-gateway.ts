import { z } from 'zod'
import { optional, text } from './fields.ts'

const MOST_MINOR = 2_147_483_647
const amountMinor = z.number().int().min(1).max(MOST_MINOR)
const currency = z.string().regex(/^[A-Z]{3}$/)
const name = text('errors:invalid', 100)
/** Of this site, also to a browser that reads `\` as `/`. */
const path = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/)

/** What a merchant asks for. */
export const checkoutOrder = z.strictObject({
  paymentId: name,
  method: z.enum(['UPI', 'CARD', 'NET_BANKING', 'WALLET']),
  ...{ amountMinor, currency, description: text('errors:invalid', 200), returnPath: path, leftPath: path },
  callbackUrl: z.url({ protocol: /^https?$/ }).max(2000)
})

export const refundOrder = z.strictObject({ transactionId: name, amountMinor, currency, key: name })

/** What becomes of a checkout, and when the merchant is told; `left` is whoever turned back. */
export const decisionForm = z
  .strictObject({
    outcome: z.enum(['CHANCE', 'PAY', 'DECLINE'], { error: 'payments:testGateway.errors.outcome' }),
    callback: z.enum(['AT_ONCE', 'LATER', 'TWICE', 'NEVER'], { error: 'errors:invalid' }).default('AT_ONCE'),
    left: optional(z.literal('yes', { error: 'errors:invalid' }))
  })
  .transform(({ outcome, callback, left }) => ({ outcome: left ? ('LEAVE' as const) : outcome, callback }))
