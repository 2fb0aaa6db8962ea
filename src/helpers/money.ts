export interface Money {
  amountMinor: number
  currency: string
}

const formatters = new Map<string, Intl.NumberFormat>()

/** `£60`, `€45.50`, `¥6,000`: minor units are left out when there are none. */
export const money =
  (locale: string) =>
  ({ amountMinor, currency }: Money) => {
    const key = `${locale} ${currency}`
    const formatter =
      formatters.get(key) ??
      new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        trailingZeroDisplay: 'stripIfInteger'
      })
    formatters.set(key, formatter)
    return formatter.format(amountMinor / 10 ** minorDigits(formatter))
  }

/** `60.00`: the bare number in major units, for a spreadsheet. */
export function majorUnits({ amountMinor, currency }: Money) {
  const digits = minorDigits(new Intl.NumberFormat('en', { style: 'currency', currency }))
  return (amountMinor / 10 ** digits).toFixed(digits)
}

const minorDigits = (formatter: Intl.NumberFormat) => formatter.resolvedOptions().maximumFractionDigits ?? 2
