const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december']
]

const separator = String.raw`\s*(?:[\s./-]|,\s)\s*`
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`
const year = String.raw`(?<year>(?:19|20)\d\d)`
const month = String.raw`(?<month>\d{1,2}|[a-z]{3,9})\.?`
const name = String.raw`(?<month>[a-z]{3,9})\.?`

/** Day first, as is usual wherever days are not written the ISO way; the month first only when it has a name. */
const shapes = [
  `${day}${separator}(?:of\\s)?${month}${separator}${year}`,
  `${year}${separator}(?<month>\\d{1,2})${separator}(?<day>\\d{1,2})`,
  `${name}${separator}${day}${separator}${year}`
].map(shape => new RegExp(`(?<![\\w+])${shape}(?!\\w)`, 'i'))

/** Not within a longer number: `06 12 34 56 78` is somebody's phone. */
const shortYear = new RegExp(
  `(?<![\\w+]|\\d[\\s./-])${day}${separator}(?:of\\s)?${month}${separator}\\d\\d(?!\\w|[\\s./-]\\d)`,
  'i'
)

const atOnce = /^(?<day>\d\d)(?<month>\d\d)(?<year>(?:19|20)\d\d)$/

/**
 * A date as people type it, `1 3 1984`, `01/03/1984`, `01031984`, `3 Mar 1984` or `1984-03-01`, as `YYYY-MM-DD`; null
 * for what is none. Years are 1900 to 2099.
 */
export function typedDate(text: string): string | null {
  const typed = text.trim()
  const compact = atOnce.exec(typed)
  if (compact) return isoOf(compact)
  const found = dateIn(typed)
  return found?.text === typed ? found.date : null
}

/** The first date that stands somewhere in a text. */
export function dateIn(text: string): { text: string; date: string } | null {
  for (const shape of shapes) {
    const match = shape.exec(text)
    const date = match && isoOf(match)
    if (date) return { text: match[0], date }
  }
  return null
}

/**
 * A text with the year of a birth in full, `1 3 84` as `1 3 1984`: the latest that makes it a day that is not after
 * `today`, `YYYY-MM-DD`.
 */
export function yearInFull(text: string, today: string): string {
  const [short] = shortYear.exec(text) ?? []
  const full = [20, 19].map(century => short?.replace(/\d\d$/, year => `${century}${year}`) ?? '')
  const meant = full.find(each => (dateIn(each)?.date ?? '9999') <= today)
  return short && meant ? text.replace(short, meant) : text
}

interface Clock {
  toZonedDateTimeISO(timeZone: string): { toPlainDate(): object }
}

/** What was sent, with the years of births in full: in what is looked for, or in the field itself. */
export function birthInFull<T>(sent: T, { now }: { now: Clock }): T {
  if (typeof sent !== 'object' || sent === null) return sent
  // Where the day begins first, as for births to come.
  const today = now.toZonedDateTimeISO('Pacific/Kiritimati').toPlainDate().toString()
  const births = Object.entries(sent).filter(([name]) => name === 'q' || name === 'dateOfBirth')
  const inFull = births.map(([name, value]) => [name, typeof value === 'string' ? yearInFull(value, today) : value])
  return { ...sent, ...Object.fromEntries(inFull) }
}

function isoOf({ groups = {} }: RegExpExecArray) {
  const { day = '', month = '', year = '' } = groups
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month)
  const iso = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(iso) ? iso : null
}

const monthNamed = (word: string) => months.findIndex(each => each.startsWith(word.toLowerCase().slice(0, 9))) + 1
