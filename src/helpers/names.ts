const titles = /^(dr|prof|mr|mrs|ms|miss)\.?\s+/i

/** First letters of the first and the last name, without a title: `Dr Meera Kulkarni` is MK. */
export function initials(name: string) {
  const words = name.replace(titles, '').split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map(word => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

/** `Monday, Tuesday and Friday`. */
export const list = (locale: string) => {
  const formatter = new Intl.ListFormat(locale === 'en' ? 'en-GB' : locale)
  return (words: string[]) => formatter.format(words)
}
