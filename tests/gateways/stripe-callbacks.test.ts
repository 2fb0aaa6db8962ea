import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { Forged } from '../../src/gateways/payments/errors.ts'
import { stripeGateway } from '../../src/gateways/payments/stripe.ts'
import { seconds } from '../support/stripe-books.ts'

const keys = { secretKey: 'sk_test_a1b2c3', webhookSecret: 'whsec_a1b2c3' }
const gateway = stripeGateway({ ...keys, baseUrl: 'https://docket.example' })

describe('what Stripe tells us', () => {
  const paymentId = randomUUID()
  const body = (type: string, object: object) =>
    Buffer.from(JSON.stringify({ object: 'event', type, data: { object } }))
  const session = { id: 'cs_test_1', object: 'checkout.session', client_reference_id: paymentId }
  const verify = (payload: Buffer, how: { secret?: string; timestamp?: number; sent?: Buffer } = {}) => {
    const { secret = keys.webhookSecret, timestamp = seconds() } = how
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: payload.toString(), secret, timestamp })
    return gateway.verify(how.sent ?? payload, { 'stripe-signature': signature })
  }

  it.each(['completed', 'async_payment_succeeded', 'async_payment_failed', 'expired'])('of a session: %s', what => {
    expect(verify(body(`checkout.session.${what}`, session))).toEqual({ reference: 'cs_test_1', paymentId })
  })

  it('of money that went back, as far as it says whose', () => {
    const charge = body('charge.refunded', { object: 'charge', metadata: { payment_id: paymentId } })
    expect(verify(charge)).toEqual({ reference: '', paymentId })
    for (const type of ['refund.updated', 'refund.failed']) {
      const refund = body(type, { object: 'refund', metadata: { session: 'cs_test_1', payment_id: paymentId } })
      expect(verify(refund)).toEqual({ reference: 'cs_test_1', paymentId })
    }
    expect(verify(body('refund.updated', { object: 'refund', metadata: {} }))).toBeNull()
  })

  it('of other things is nothing to us', () => {
    expect(verify(body('payment_intent.succeeded', { object: 'payment_intent' }))).toBeNull()
    expect(verify(body('checkout.session.completed', { ...session, client_reference_id: 'shop-17' }))).toBeNull()
    expect(verify(body('charge.refunded', { object: 'charge', metadata: {} }))).toBeNull()
    expect(verify(Buffer.from('null'))).toBeNull()
  })

  it('is heard only with its signature, and only when it is fresh', () => {
    const event = body('checkout.session.completed', session)
    const other = body('checkout.session.completed', { ...session, id: 'cs_test_2' })
    expect(() => verify(event, { secret: 'whsec_other' })).toThrow(Forged)
    expect(() => verify(event, { timestamp: seconds() - 301 })).toThrow(Forged)
    expect(() => verify(event, { sent: other })).toThrow(Forged)
    expect(() => verify(Buffer.from('not json'))).toThrow(Forged)
    expect(() => verify(Buffer.alloc(0))).toThrow(Forged)
    for (const signature of [undefined, '', 'v1=', 't=1,v1=ff', ['a', 'b']])
      expect(() => gateway.verify(event, { 'stripe-signature': signature })).toThrow(Forged)
    expect(verify(event, { timestamp: seconds() - 290 })).toMatchObject({ reference: 'cs_test_1' })
  })
})
