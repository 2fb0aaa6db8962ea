import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import { type CalendarEvent, readCalendar, UnreadableCalendar } from '../../gateways/calendar.ts'
import type { Days } from '../../scheduling/time-off.ts'
import { fallsOn } from '../../scheduling/yearly.ts'
import { dayAt } from '../../scheduling/zone.ts'
import { clinicToClose, daysOfClosure } from './plan-closures.ts'

const MONTHS_AHEAD = 24
const MOST_EVENTS = 500
/** As many as a form can carry. */
const MOST_DAYS = 90
/** After that many, further events are not looked at. */
const ENOUGH = 4 * MOST_DAYS
const MOST_LETTERS = 200
const LONGEST_DAYS = 366

/** Days to close, `YYYY-MM-DD`, first and last included. */
export interface FoundDays {
  from: string
  to: string
  /** As the file calls them; may be empty. */
  name: string
  isWholeDays: boolean
}

/**
 * The days in a calendar file on which a clinic may want to close in the next 24 months, in order, yearly ones each
 * time they come. Left out, and counted: events that are over, cancelled, closed already, or that repeat in another way
 * than yearly. Throws NotFound, and a Refusal for a file that is no calendar or that has nothing to add.
 */
export async function daysInFile(ctx: Ctx, { clinicId, file }: { clinicId: string; file: string }) {
  const clinic = await clinicToClose(ctx, clinicId)
  const today = dayAt(ctx.now, clinic.timeZone)
  const events = eventsOf(file, clinic.timeZone)
  const taken = await db.closure.findMany({ where: { clinicId }, select: { startsOn: true, endsOn: true } })
  const closed = taken.map(daysOfClosure)
  const left = { past: 0, cancelled: 0, known: 0, otherwise: 0, more: 0 }
  const found = new Map<string, FoundDays>()

  const window = daysFrom(today, today.add({ months: MONTHS_AHEAD }))
  for (const event of events) {
    if (found.size >= ENOUGH) break
    if (event.isCancelled) left.cancelled++
    else if (event.repeats === 'OTHER' || lengthOf(event) > LONGEST_DAYS) left.otherwise++
    else {
      const times = timesOf(event, window)
      if (times.length === 0) left.past++
      for (const days of times) {
        const [from, to] = [days.from.toString(), days.to.toString()]
        if (closed.some(each => each.from <= from && to <= each.to)) left.known++
        else if (!found.has(`${from}/${to}`))
          found.set(`${from}/${to}`, {
            from,
            to,
            name: event.name.slice(0, MOST_LETTERS),
            isWholeDays: event.isWholeDays
          })
      }
    }
  }
  const days = [...found.values()].sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1))
  if (days.length === 0) throw refuse('file', nothingIn(left, events.length))
  return { days: days.slice(0, MOST_DAYS), left: { ...left, more: Math.max(0, days.length - MOST_DAYS) } }
}

function eventsOf(file: string, timeZone: string) {
  try {
    return readCalendar(file, timeZone).slice(0, MOST_EVENTS)
  } catch (error) {
    if (error instanceof UnreadableCalendar) throw refuse('file', 'admin:closures.errors.notCalendar')
    throw error
  }
}

function nothingIn({ past, known }: { past: number; known: number }, events: number) {
  if (events === 0) return 'admin:closures.errors.empty'
  if (known > 0) return 'admin:closures.errors.allKnown'
  return past > 0 ? 'admin:closures.errors.allPast' : 'admin:closures.errors.nothing'
}

/** Each time an event takes place in a window of days; what has begun counts from the first of them. */
function timesOf({ from, to, repeats, also, except }: CalendarEvent, window: Temporal.PlainDate[]): Days[] {
  const [today, last] = [window[0], window.at(-1)]
  if (!today || !last) return []
  const length = lengthOf({ from, to })
  const yearly = repeats && repeats !== 'OTHER' ? { ...repeats, startsOn: from } : null
  const earlier = daysFrom(today.subtract({ days: length }), today.subtract({ days: 1 }))
  const starts = yearly ? [...earlier, ...window].filter(day => fallsOn(day, yearly)) : [from]
  return [...starts, ...also]
    .filter(start => !except.some(day => day.equals(start)))
    .map(start => ({ from: start, to: start.add({ days: length }) }))
    .filter(days => isUpTo(today, days.to) && isUpTo(days.to, last))
    .map(days => ({ from: isUpTo(today, days.from) ? days.from : today, to: days.to }))
}

const lengthOf = ({ from, to }: Days) => from.until(to).days
const daysFrom = (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
  Array.from({ length: from.until(to).days + 1 }, (_, days) => from.add({ days }))
const isUpTo = (day: Temporal.PlainDate, last: Temporal.PlainDate) => day.until(last).sign >= 0
