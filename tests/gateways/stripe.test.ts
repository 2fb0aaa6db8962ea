import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { GatewayDown } from '../../src/gateways/payments/errors.ts'
import { stripeGateway } from '../../src/gateways/payments/stripe.ts'
import type { Order, PaymentGateway } from '../../src/gateways/payments.ts'
import { log } from '../../src/log.ts'
import { seconds } from '../support/stripe-books.ts'
import { stripeFake } from '../support/stripe-fake.ts'

const fake = stripeFake()
const { books, keys } = fake
const baseUrl = 'https://docket.example'
let gateway: PaymentGateway

beforeAll(() => {
  gateway = stripeGateway({ ...keys, baseUrl, api: fake.url })
})
afterEach(() => {
  vi.restoreAllMocks()
  fake.trouble = 'none'
  books.refundStatus = 'succeeded'
})

const orderOf = (more: Partial<Order> = {}): Order => ({
  ...{ paymentId: randomUUID(), method: 'CARD', amountMinor: 4550, currency: 'EUR', description: 'Docket 7K4M-2P9Q' },
  ...{ locale: 'en', returnPath: '/back', leftPath: '/back?left=yes', callbackPath: '/callbacks/stripe' },
  ...more
})

async function started(more: Partial<Order> = {}) {
  const order = orderOf(more)
  const { reference, url } = await gateway.start(order)
  return { order, reference, url, session: books.session(reference) }
}

async function paid(more: Partial<Order> = {}) {
  const checkout = await started(more)
  books.pays(checkout.session)
  const { transactionId } = await gateway.lookUp(checkout.reference)
  const { amountMinor, currency, paymentId } = checkout.order
  const sum = { amountMinor, currency, paymentId, key: paymentId }
  const refund = { reference: checkout.reference, transactionId: transactionId ?? '', ...sum }
  return { ...checkout, refund }
}

describe('a checkout', () => {
  it('is one line at the price that was agreed, known by our payment, open a little longer than it must be', async () => {
    const { order, session, url } = await started()
    expect(url).toBe(`${fake.url}/c/pay/${session.id}`)
    expect(session.asked).toMatchObject({
      mode: 'payment',
      client_reference_id: order.paymentId,
      'metadata[payment_id]': order.paymentId,
      'payment_intent_data[metadata][payment_id]': order.paymentId,
      'allowed_payment_method_types[0]': 'card',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '4550',
      'line_items[0][price_data][product_data][name]': 'Docket 7K4M-2P9Q',
      'adaptive_pricing[enabled]': 'false',
      success_url: 'https://docket.example/back',
      cancel_url: 'https://docket.example/back?left=yes'
    })
    expect(session.expires_at - seconds()).toBeGreaterThan(34 * 60)
    expect(session.expires_at - seconds()).toBeLessThan(36 * 60)
  })

  it('is one however often it is begun, also when things have changed since', async () => {
    const { order, reference } = await started()
    await started()
    await started()
    expect((await gateway.start(order)).reference).toBe(reference)
    expect(await gateway.start({ ...order, locale: 'de' })).toEqual({ reference, url: books.session(reference).url })

    books.pays(books.session(reference))
    expect(await gateway.start({ ...order, locale: 'fr' })).toEqual({ reference, url: 'https://docket.example/back' })
    expect(books.sessions.filter(each => each.client_reference_id === order.paymentId)).toHaveLength(1)
  })

  it('is one also when the answer was lost on its way', async () => {
    fake.trouble = 'lost'
    const { order } = await started()
    expect(books.sessions.filter(each => each.client_reference_id === order.paymentId)).toHaveLength(1)
  })

  it.each([
    ['en', 'en'],
    ['de-AT', 'de'],
    ['pt-BR', 'pt-BR'],
    ['hi', 'hi-IN'],
    ['zh-TW', 'zh-TW'],
    ['gu-IN', 'auto']
  ])('speaks %s as %s', async (locale, theirs) => {
    expect((await started({ locale })).session.asked).toMatchObject({ locale: theirs })
  })

  it.each([
    ['UPI', 'INR', 49900, 'upi', 'inr', '49900'],
    ['WALLET', 'GBP', 6000, 'card', 'gbp', '6000'],
    ['CARD', 'JPY', 6000, 'card', 'jpy', '6000'],
    ['CARD', 'ISK', 9000, 'card', 'isk', '900000'],
    ['CARD', 'KWD', 15000, 'card', 'kwd', '15000']
  ] as const)('by %s in %s', async (method, currency, amountMinor, type, lower, amount) => {
    const { session } = await started({ method, currency, amountMinor })
    expect(session.asked).toMatchObject({
      'allowed_payment_method_types[0]': type,
      'line_items[0][price_data][currency]': lower,
      'line_items[0][price_data][unit_amount]': amount
    })
    books.pays(session)
    const standing = await gateway.lookUp(session.id)
    expect(standing).toMatchObject({ state: 'PAID', receivedMinor: amountMinor, refundedMinor: 0, currency })
  })

  it('is not begun for what Stripe can’t take as it is', async () => {
    const before = books.sessions.length
    const [refused, down] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'warn')]
    await expect(gateway.start(orderOf({ currency: 'KWD', amountMinor: 15001 }))).rejects.toThrow(GatewayDown)
    await expect(gateway.start(orderOf({ method: 'UPI' }))).rejects.toThrow(GatewayDown)
    await expect(gateway.start(orderOf({ amountMinor: 49 }))).rejects.toThrow(GatewayDown)
    expect(books.sessions).toHaveLength(before)
    expect([refused.mock.calls.length, down.mock.calls.length]).toEqual([3, 0])
  })

  it('is offered only as it can be paid', () => {
    expect(gateway.methodsFor('INR')).toEqual(['UPI', 'CARD'])
    expect(gateway.methodsFor('GBP')).toEqual(['CARD', 'WALLET'])
    expect(gateway.methodsFor('IRR')).toEqual([])
    expect([29, 30].map(pence => gateway.methodsFor('GBP', pence))).toEqual([[], ['CARD', 'WALLET']])
    expect([174, 175].map(forints => gateway.methodsFor('HUF', forints).length)).toEqual([0, 2])
    expect([5120, 5124].map(fils => gateway.methodsFor('KWD', fils).length)).toEqual([2, 0])
    expect(stripeGateway({ ...keys, baseUrl }).origin).toBe('https://checkout.stripe.com')
  })
})

describe('how it stands', () => {
  it('is open at first, also after a card that was no good', async () => {
    const { order, reference, session } = await started()
    const open = { reference, paymentId: order.paymentId, state: 'OPEN', isDeclined: false, transactionId: null }
    const nothing = { receivedMinor: 0, refundedMinor: 0, currency: 'EUR' }
    expect(await gateway.lookUp(reference)).toEqual({ ...open, ...nothing })
    books.isDeclined(session)
    expect(await gateway.lookUp(reference)).toEqual({ ...open, ...nothing })
  })

  it('is paid with what was received, and stays so when money goes back', async () => {
    const { reference, session } = await paid()
    const standing = { reference, state: 'PAID', transactionId: session.payment_intent, receivedMinor: 4550 }
    expect(await gateway.lookUp(reference)).toMatchObject({ ...standing, refundedMinor: 0 })
    books.refundsByHand(session, 1000)
    expect(await gateway.lookUp(reference)).toMatchObject({ ...standing, refundedMinor: 1000 })
    books.refundsByHand(session)
    expect(await gateway.lookUp(reference)).toMatchObject({ ...standing, refundedMinor: 4550 })
  })

  it('is open while a bank takes its time, then paid, or failed for good', async () => {
    const [first, second] = [await started(), await started()]
    books.paysLater(first.session)
    books.paysLater(second.session)
    expect(await gateway.lookUp(first.reference)).toMatchObject({ state: 'OPEN', transactionId: null })
    books.arrives(first.session)
    books.bounces(second.session)
    expect(await gateway.lookUp(first.reference)).toMatchObject({ state: 'PAID', receivedMinor: 4550 })
    expect(await gateway.lookUp(second.reference)).toMatchObject({
      state: 'FAILED',
      isDeclined: true,
      receivedMinor: 0
    })
  })

  it('is failed once it has expired, by the card if that was the last word', async () => {
    const [left, declined] = [await started(), await started()]
    books.isDeclined(declined.session)
    books.expire(left.session)
    books.expire(declined.session)
    expect(await gateway.lookUp(left.reference)).toMatchObject({ state: 'FAILED', isDeclined: false })
    expect(await gateway.lookUp(declined.reference)).toMatchObject({ state: 'FAILED', isDeclined: true })
  })

  it('is what comes of closing it: nobody can pay it any more, or somebody just did', async () => {
    const [left, taken, waits] = [await started(), await started(), await started()]
    expect(await gateway.close(left.reference)).toMatchObject({ state: 'FAILED', isDeclined: false })
    expect(await gateway.close(left.reference)).toMatchObject({ state: 'FAILED' })
    expect(() => books.pays(left.session)).toThrow('any more')
    books.pays(taken.session)
    expect(await gateway.close(taken.reference)).toMatchObject({ state: 'PAID', receivedMinor: 4550 })
    books.paysLater(waits.session)
    expect(await gateway.close(waits.reference)).toMatchObject({ state: 'OPEN' })
  })
})

describe('a refund', () => {
  it('gives all of it back, once however often it is asked', async () => {
    const { reference, refund } = await paid()
    const first = await gateway.refund(refund)
    expect(await gateway.refund(refund)).toEqual(first)
    expect(await gateway.refund({ ...refund, key: 'another' })).toEqual(first)
    const metadata = { session: reference, payment_id: refund.paymentId }
    expect(books.refundsOf(refund.transactionId)).toMatchObject([{ amount: 4550, metadata }])
    expect(first.isDone).toBe(true)
    expect(await gateway.lookUp(reference)).toMatchObject({ refundedMinor: 4550 })
  })

  it('is once also when the answer was lost on its way', async () => {
    const { refund } = await paid()
    fake.trouble = 'lost'
    const { reference } = await gateway.refund(refund)
    expect(books.refundsOf(refund.transactionId)).toMatchObject([{ id: reference, amount: 4550 }])
  })

  it('is the one that was made by hand, or what that left', async () => {
    const [all, part] = [await paid(), await paid()]
    const { id } = books.refundsByHand(all.session)
    expect(await gateway.refund(all.refund)).toEqual({ reference: id, isDone: true })
    books.refundsByHand(part.session, 1000)
    await gateway.refund(part.refund)
    expect(books.refundsOf(part.refund.transactionId).map(({ amount }) => amount)).toEqual([3550, 1000])
  })

  it('is done once the bank has it, and not sent twice meanwhile', async () => {
    const { reference, refund } = await paid()
    books.refundStatus = 'pending'
    const first = await gateway.refund(refund)
    expect([first.isDone, await gateway.refund(refund)]).toEqual([false, first])
    expect(await gateway.lookUp(reference)).toMatchObject({ state: 'PAID', refundedMinor: 0 })

    const [sent] = books.refundsOf(refund.transactionId)
    if (sent) books.ends(sent, 'succeeded')
    expect(await gateway.lookUp(reference)).toMatchObject({ refundedMinor: 4550 })
    expect(await gateway.refund(refund)).toEqual({ ...first, isDone: true })
    expect(books.refundsOf(refund.transactionId)).toHaveLength(1)
  })

  it.each(['failed', 'canceled'] as const)('that %s is made anew, a day later', async status => {
    const { reference, refund } = await paid()
    books.refundStatus = 'pending'
    const lost = await gateway.refund(refund)
    const [sent] = books.refundsOf(refund.transactionId)
    if (sent) books.ends(sent, status)
    expect(await gateway.refund(refund)).toEqual(lost)

    books.refundStatus = 'succeeded'
    if (sent) sent.created -= 25 * 60 * 60
    const again = await gateway.refund(refund)
    expect([again.isDone, again.reference === lost.reference]).toEqual([true, false])
    expect(await gateway.lookUp(reference)).toMatchObject({ refundedMinor: 4550 })
  })
})

describe('trouble', () => {
  it.each(['hangs', 'drips', 'web page', 'null', 'half', 'elsewhere', 'breaks'] as const)(
    'is known for what it is, soon, and with no word of Stripe’s: %s',
    async trouble => {
      const { reference, refund } = await paid()
      const hasty = stripeGateway({ ...keys, baseUrl, api: fake.url, timeoutMs: 100 })
      fake.trouble = trouble
      const asks = [() => hasty.start(orderOf()), () => hasty.lookUp(reference), () => hasty.close(reference)]
      for (const ask of [...asks, () => hasty.refund(refund)]) {
        const error = await ask().catch(error => error)
        expect(error).toBeInstanceOf(GatewayDown)
        expect(error.message).toMatch(/^stripe: \w+$/)
      }
    }
  )

  it('is nobody there, another key, or a checkout it doesn’t know', async () => {
    const gone = stripeGateway({ ...keys, baseUrl, api: 'http://127.0.0.1:9', timeoutMs: 100 })
    await expect(gone.start(orderOf())).rejects.toThrow(GatewayDown)
    const stranger = stripeGateway({ ...keys, secretKey: 'sk_test_else', baseUrl, api: fake.url })
    await expect(stranger.start(orderOf())).rejects.toThrow(GatewayDown)
    await expect(gateway.lookUp('cs_test_none')).rejects.toThrow(GatewayDown)
    await expect(gateway.close('cs_test_none')).rejects.toThrow(GatewayDown)
    await expect(gateway.lookUp('../refunds')).rejects.toThrow(GatewayDown)
  })
})
