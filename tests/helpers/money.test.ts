import { describe, expect, it } from 'vitest'
import { majorUnits, minorDigits, money, moneyAlone } from '../../src/helpers/money.ts'

const words = (text: string) => text.split(' ')
/** What is stored was counted with these: where the runtime changes one, amounts in it are to be converted first. */
const decimals: Record<number, string[]> = {
  0: words('CLP COP HUF IDR ISK JPY KRW LBP PKR PYG RWF UGX VND XAF XOF XPF'),
  2: words(
    'AED ARS AUD BDT BRL CAD CHF CNY CZK DKK EGP EUR GBP GEL GHS HKD ILS INR JMD KES KZT LKR MAD MUR MXN MYR NGN NOK NPR ' +
      'NZD PEN PHP PLN QAR RON RUB SAR SEK SGD THB TRY TWD TZS UAH USD UYU ZAR ZMW'
  ),
  3: words('BHD JOD KWD OMR TND')
}

describe('amounts', () => {
  it('by themselves say whose dollars they are', () => {
    expect(moneyAlone('en')({ amountMinor: 12_000, currency: 'AUD' })).toBe('A$120')
  })

  it.each(Object.entries(decimals))(
    'are counted with %s decimals in the currencies they always were',
    (digits, all) => {
      expect(all.filter(currency => minorDigits(currency) !== Number(digits))).toEqual([])
    }
  )

  it.each([
    ['GBP', '£45.50', '45.50'],
    ['JPY', '¥4,550', '4550'],
    ['KWD', 'KWD 4.550', '4.550']
  ])('are written so: %s', (currency, text, bare) => {
    const amount = { amountMinor: 4550, currency }
    expect([money('en')(amount).replace(/\s/, ' '), majorUnits(amount)]).toEqual([text, bare])
  })
})
