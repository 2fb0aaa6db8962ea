/** An amount in the minor unit of its currency (see `minorDigits`). */
export interface Money {
  amountMinor: number
  currency: string
}

const formatters = new Map<string, Intl.NumberFormat>()

/** `£60`, `€45.50`, `¥6,000`: minor units are left out when there are none. */
export const money = (locale: string) => (amount: Money) => written(locale, amount, 'narrowSymbol')

/** `US$60` where amounts in several currencies stand together, `$60` where all are in one. */
export const moneyAmong = (locale: string) => (amount: Money, all: Money[]) =>
  written(locale, amount, all.some(({ currency }) => currency !== amount.currency) ? 'symbol' : 'narrowSymbol')

/** `A$60`: an amount by itself, before somebody who has to do with several currencies. */
export const moneyAlone = (locale: string) => (amount: Money) => written(locale, amount, 'symbol')

function written(locale: string, { amountMinor, currency }: Money, currencyDisplay: 'symbol' | 'narrowSymbol') {
  const key = `${locale} ${currency} ${currencyDisplay}`
  const formatter =
    formatters.get(key) ??
    new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, {
      style: 'currency',
      currency,
      currencyDisplay,
      trailingZeroDisplay: 'stripIfInteger'
    })
  formatters.set(key, formatter)
  return formatter.format(amountMinor / 10 ** digitsOf(formatter))
}

/** `60.00`: the bare number in major units, for a spreadsheet. */
export function majorUnits({ amountMinor, currency }: Money) {
  const digits = minorDigits(currency)
  return (amountMinor / 10 ** digits).toFixed(digits)
}

/**
 * How many decimals a currency is counted with: as `Intl` (CLDR) writes it. That is what ISO 4217 says of most, but none
 * of forints or rupiahs, whose hundredths nobody uses. Every amount that is stored depends on it.
 */
export const minorDigits = (currency: string) => digitsOf(new Intl.NumberFormat('en', { style: 'currency', currency }))

const digitsOf = (formatter: Intl.NumberFormat) => formatter.resolvedOptions().maximumFractionDigits ?? 2
