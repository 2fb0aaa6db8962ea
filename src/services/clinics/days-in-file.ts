import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { refuse } from '../../errors.ts'
import { readCalendar, UnreadableCalendar } from '../../gateways/calendar.ts'
import { dayAt, daysFrom } from '../../scheduling/zone.ts'
import { isSingle, lastOf, lengthOf, timesOf } from './event-times.ts'
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
  const all = eventsOf(file, clinic.timeZone)
  const taken = await db.closure.findMany({ where: { clinicId }, select: { startsOn: true, endsOn: true } })
  const closed = taken.map(daysOfClosure)
  const left = { past: 0, cancelled: 0, known: 0, otherwise: 0, more: 0 }
  const found = new Map<string, FoundDays>()

  const isClosed = (from: string, to: string) => closed.some(each => each.from <= from && to <= each.to)
  const events = all.filter(event => {
    const isOver = lastOf(event) < today.toString()
    const isKnown = isSingle(event) && isClosed(String(event.from), String(event.to))
    if (isOver) left.past++
    else if (isKnown) left.known++
    return !isOver && !isKnown
  })
  const window = daysFrom(today, today.add({ months: MONTHS_AHEAD }))
  for (const [at, event] of events.entries()) {
    if (at >= MOST_EVENTS || found.size >= ENOUGH) {
      left.more = events.length - at
      break
    }
    if (event.isCancelled) left.cancelled++
    else if (event.repeats === 'OTHER' || lengthOf(event) > LONGEST_DAYS) left.otherwise++
    else {
      const times = timesOf(event, window)
      if (times.length === 0) left.past++
      for (const days of times) {
        const [from, to] = [days.from.toString(), days.to.toString()]
        if (isClosed(from, to)) left.known++
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
  if (days.length === 0) throw refuse('file', nothingIn(left, all.length))
  return { days: days.slice(0, MOST_DAYS), left: { ...left, more: left.more + Math.max(0, days.length - MOST_DAYS) } }
}

function eventsOf(file: string, timeZone: string) {
  try {
    return readCalendar(file, timeZone)
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
