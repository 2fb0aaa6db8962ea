import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'

/** A file that is no calendar, or that can't be read. */
export class UnreadableCalendar extends Error {}

/** A rule that brings an event back every so many years (RFC 5545, RECUR). Weekday 1 is Monday; -1 is the last. */
export interface YearlyRule {
  until: Temporal.PlainDate | null
  interval: number
  months: number[]
  monthDays: number[]
  weekdays: { weekday: number; nth: number | null }[]
}

/** What stands in a calendar, as days. The first and the last belong to it. */
export interface CalendarEvent {
  name: string
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  /** Not only some hours of them. */
  isWholeDays: boolean
  isCancelled: boolean
  /** OTHER is a rule that is not understood. */
  repeats: YearlyRule | 'OTHER' | null
  /** Further days on which it begins, and days on which it doesn't. */
  also: Temporal.PlainDate[]
  except: Temporal.PlainDate[]
}

/** jCal (RFC 7265): name, properties and what is inside; name, parameters, type and values. */
type Component = [string, Property[], Component[]]
type Property = [string, Record<string, string>, string, ...unknown[]]

/**
 * Reads the events of an iCalendar file (RFC 5545), timed ones as the days of `timeZone` that they touch. Only what is
 * written is read: the library repeats some rules without end, and takes 30 February for 2 March. Events whose dates
 * don't exist are left out. Throws UnreadableCalendar.
 */
export function readCalendar(text: string, timeZone: string): CalendarEvent[] {
  const components = calendarsIn(text).flatMap(([, , inside]) => inside.filter(([name]) => name === 'vevent'))
  const moved = Map.groupBy(components.filter(isMoved), uidOf)
  return components.flatMap(component => {
    const event = eventOf(component, timeZone)
    if (!event) return []
    if (isMoved(component)) return { ...event, repeats: null, also: [], except: [] }
    const elsewhere = (moved.get(uidOf(component)) ?? []).flatMap(each => daysIn(each, 'recurrence-id', timeZone))
    return { ...event, except: [...event.except, ...elsewhere] }
  })
}

function calendarsIn(text: string): Component[] {
  try {
    const parsed = ICAL.parse(text.replace(/^\uFEFF/, '')) as unknown as Component | Component[]
    const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]) as Component[]
    if (roots.every(([name]) => name === 'vcalendar')) return roots
  } catch {}
  throw new UnreadableCalendar()
}

const property = ([, properties]: Component, name: string) => properties.find(([each]) => each === name)
const firstOf = (component: Component, name: string) => property(component, name)?.[3]
const uidOf = (component: Component) => String(firstOf(component, 'uid') ?? '')
/** One occurrence that differs from its series. */
const isMoved = (component: Component) => property(component, 'recurrence-id') !== undefined

function eventOf(component: Component, timeZone: string): CalendarEvent | null {
  const start = property(component, 'dtstart')
  if (!start) return null
  try {
    const from = timeOf(start[3], start)
    const end = endOf(component, from)
    const [first, last] = [dayOf(from, timeZone), dayOf(isAfter(end, from) ? justBefore(end) : from, timeZone)]
    return {
      name: nameOf(component),
      from: first,
      to: last,
      isWholeDays: from.isDate,
      isCancelled: String(firstOf(component, 'status')).toUpperCase() === 'CANCELLED',
      repeats: ruleOf(component),
      also: daysIn(component, 'rdate', timeZone),
      except: daysIn(component, 'exdate', timeZone)
    }
  } catch {
    return null
  }
}

interface Time {
  wall: Temporal.PlainDateTime
  /** A zone that is known by its IANA name; none means the clinic's. */
  zone: string | null
  isDate: boolean
}

/** Throws RangeError for a time that doesn't exist. A zone of unknown name counts as the clinic's. */
function timeOf(value: unknown, [, parameters]: Property): Time {
  const [, day = '', clock, utc] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(Z)?)?/.exec([value].flat().join(' ')) ?? []
  const wall = Temporal.PlainDateTime.from(clock ? `${day}T${clock}` : day, { overflow: 'reject' })
  const named = [parameters.tzid].flat().join('')
  return { wall, zone: utc ? 'UTC' : isZone(named) ? named : null, isDate: clock === undefined }
}

function isZone(name: string) {
  try {
    return Boolean(name && new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** As it is written, else by its length; without either a day lasts a day and a time no time. */
function endOf(component: Component, start: Time): Time {
  const [end, duration] = [property(component, 'dtend'), firstOf(component, 'duration')]
  if (end) return timeOf(end[3], end)
  if (duration) return { ...start, wall: start.wall.add(Temporal.Duration.from(String(duration))) }
  return start.isDate ? { ...start, wall: start.wall.add({ days: 1 }) } : start
}

const isAfter = (a: Time, b: Time) => Temporal.PlainDateTime.compare(a.wall, b.wall) > 0
/** An end doesn't belong to what ends. */
const justBefore = (end: Time): Time => ({ ...end, wall: end.wall.subtract({ seconds: 1 }) })

const dayOf = ({ wall, zone, isDate }: Time, timeZone: string) =>
  (zone && !isDate ? wall.toZonedDateTime(zone).withTimeZone(timeZone) : wall).toPlainDate()

const daysIn = ([, properties]: Component, name: string, timeZone: string) =>
  properties
    .filter(([each]) => each === name)
    .flatMap(each => each.slice(3).map(value => dayOf(timeOf(value, each), timeZone)))

const nameOf = (component: Component) =>
  String(firstOf(component, 'summary') ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()

const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const understood = new Set(['freq', 'interval', 'until', 'wkst', 'bymonth', 'bymonthday', 'byday'])

function ruleOf(component: Component): CalendarEvent['repeats'] {
  const rules = component[1].filter(([name]) => name === 'rrule')
  if (rules.length === 0) return null
  const rule = (rules[0]?.[3] ?? {}) as Record<string, unknown>
  const isYearly = rule.freq === 'YEARLY' && Object.keys(rule).every(part => understood.has(part))
  if (rules.length > 1 || !isYearly) return 'OTHER'

  const listed = (part: string) => [rule[part] ?? []].flat().map(String)
  const weekdays = listed('byday').map(said => {
    const [, nth, name = ''] = /^([+-]?\d+)?(\w\w)$/.exec(said) ?? []
    return { weekday: weekdayNames.indexOf(name) + 1, nth: nth ? Number(nth) : null }
  })
  if (weekdays.some(({ weekday }) => weekday === 0)) return 'OTHER'
  return {
    until: rule.until ? Temporal.PlainDate.from(String(rule.until).slice(0, 10)) : null,
    interval: Math.max(1, Number(rule.interval ?? 1)),
    months: listed('bymonth').map(Number),
    monthDays: listed('bymonthday').map(Number),
    weekdays
  }
}
