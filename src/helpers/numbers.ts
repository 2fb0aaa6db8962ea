const formatters = new Map<string, Intl.NumberFormat>()

function formatter(locale: string, options: Intl.NumberFormatOptions) {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, options)
  formatters.set(key, made)
  return made
}

/** `51%`: a part of one, as whole hundredths. */
export const percent = (locale: string) => (share: number) => formatter(locale, { style: 'percent' }).format(share)

/** `1,234` or, with a digit after the point, `6.2`. */
export const number =
  (locale: string) =>
  (value: number, digits = 0) =>
    formatter(locale, { maximumFractionDigits: digits }).format(value)

/** `+4`, `−2` with a real minus, `0`. */
export const signed =
  (locale: string) =>
  (value: number, digits = 0) =>
    formatter(locale, { maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value).replace('-', '−')
