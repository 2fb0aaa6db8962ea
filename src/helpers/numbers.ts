const formatters = new Map<string, Intl.NumberFormat>()

/** `51%`: a part of one, as whole hundredths. */
export const percent = (locale: string) => (share: number) => {
  const formatter =
    formatters.get(locale) ?? new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { style: 'percent' })
  formatters.set(locale, formatter)
  return formatter.format(share)
}
