import { refuse } from '../../errors.ts'
import { minorDigits } from '../../helpers/money.ts'

const MOST = 999_999_999

/** `45.50` or `45,5` in a currency's minor unit (see `minorDigits`). Throws a Refusal of more decimals than the currency has. */
export function toMinor(typed: string, currency: string) {
  const [whole = '', decimals = ''] = typed.split(/[.,]/)
  const digits = minorDigits(currency)
  if (decimals.length > digits) throw refuse('fee', 'admin:errors.fee.decimals', { currency, count: digits })
  const amount = Number(whole + decimals.padEnd(digits, '0'))
  if (amount > MOST) throw refuse('fee', 'admin:errors.fee.invalid')
  return amount
}

/** The same amount as somebody would type it. */
export function toMajor(amountMinor: number, currency: string) {
  const digits = minorDigits(currency)
  return (amountMinor / 10 ** digits).toFixed(digits).replace(/\.0+$/, '')
}
