import { describe, expect, it } from 'vitest'
import { fromStripe, isTaken, toStripe } from '../../src/gateways/payments/stripe-amounts.ts'

// https://docs.stripe.com/currencies: minor units, zero-decimal, three-decimal and special cases.
const table: [what: string, currency: string, ours: number, atStripe: number][] = [
  ['10 US dollars', 'USD', 1000, 1000],
  ['499.50 rupees', 'INR', 49950, 49950],
  ['500 yen', 'JPY', 500, 500],
  ['20,000 won', 'KRW', 20000, 20000],
  ['5 krónur', 'ISK', 5, 500],
  ['5 Ugandan shillings', 'UGX', 5, 500],
  ['15,000 forints', 'HUF', 15000, 1500000],
  ['800 Taiwan dollars', 'TWD', 80000, 80000],
  ['90,000 Colombian pesos', 'COP', 90000, 9000000],
  ['5.12 Kuwaiti dinars', 'KWD', 5120, 5120],
  ['3.5 Bahraini dinars', 'BHD', 3500, 3500]
]

describe('amounts', () => {
  it.each(table)('are counted as Stripe counts them: %s', (_what, currency, ours, atStripe) => {
    expect(toStripe(ours, currency)).toBe(atStripe)
    expect(fromStripe(atStripe, currency)).toBe(ours)
  })

  it('come back as they went, in every currency that is taken', () => {
    const currencies = Intl.supportedValuesOf('currency').filter(isTaken)
    expect(currencies.length).toBeGreaterThan(125)
    for (const currency of currencies)
      expect([currency, fromStripe(toStripe(123450, currency) ?? 0, currency)]).toEqual([currency, 123450])
  })

  it('are not rounded into what nobody agreed to', () => {
    expect(toStripe(5124, 'KWD')).toBeNull()
    expect(toStripe(5120, 'KWD')).toBe(5120)
    expect(toStripe(10, 'IRR')).toBeNull()
  })

  it('of which a part went back are not counted up', () => expect(fromStripe(1045, 'HUF')).toBe(10))
})
