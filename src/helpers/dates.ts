/**
 * Words for dates and times. Instants arrive as the clinic's wall clock with its offset, `2026-11-24T10:00:00+05:30`,
 * and days as `2026-11-24`; what is shown are the digits on that clock, wherever the reader is.
 */
const formatters = new Map<string, Intl.DateTimeFormat>()

// Building an Intl object costs more than the rest of a page: one for each language and shape.
function formatter(locale: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', ...options })
  formatters.set(key, made)
  return made
}

const wall = (iso: string) => new Date(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso.slice(0, 19)}Z`)

const DAY = 86_400_000
const midnight = (iso: string) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`)

/** An instant by the offset of another. */
function onSameClock(instant: string, iso: string) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso) ?? []
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? -1 : 1)
  return new Date(Date.parse(instant) + offset).toISOString()
}

export const dates = (locale: string) => {
  const shown = (options: Intl.DateTimeFormatOptions) => (iso: string) =>
    formatter(locale, options).format(wall(iso)).replace(',', '')
  return {
    time: shown({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    timeToSecond: shown({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    day: shown({ weekday: 'short', day: 'numeric', month: 'short' }),
    longDay: shown({ weekday: 'long', day: 'numeric', month: 'long' }),
    fullDay: shown({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    dayMonth: shown({ day: 'numeric', month: 'long' }),
    date: shown({ day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: shown({ day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: shown({ weekday: 'short' }),
    /** The names of weekdays by number. 1 is Monday, as 1 January 2024 was. */
    weekdays: (days: number[]) => days.map(day => shown({ weekday: 'short' })(`2024-01-0${day}`)).join(', '),
    longWeekday: shown({ weekday: 'long' }),
    dayNumber: shown({ day: 'numeric' }),
    month: shown({ month: 'short' }),
    longMonth: shown({ month: 'long' }),
    /** The short name of a zone at that instant: GMT, CET, GMT+5:30. */
    zone: (iso: string, timeZone: string) =>
      formatter(locale, { timeZone, timeZoneName: 'short', hour: 'numeric' })
        .formatToParts(new Date(iso))
        .find(part => part.type === 'timeZoneName')?.value ?? timeZone,
    /** Whether an instant falls on the present day of the clock it is written on. */
    isToday: (iso: string, now: string) => onSameClock(now, iso).slice(0, 10) === iso.slice(0, 10),
    /** Days from now until then, by that clock: 0 today, 1 tomorrow. */
    daysUntil: (iso: string, now: string) => Math.round((midnight(iso) - midnight(onSameClock(now, iso))) / DAY),
    /** Whole minutes between two instants. */
    minutesBetween: (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 60_000),
    /** Full years on a day. */
    age: (bornOn: string, on: string) =>
      Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (on.slice(5, 10) < bornOn.slice(5, 10) ? 1 : 0)
  }
}
