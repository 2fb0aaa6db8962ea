import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { gridOf, type Placed } from '../../scheduling/grid.ts'
import { onTheClock } from '../../scheduling/zone.ts'
import type { TimetableSlot } from './timetable-queries.ts'

interface Column {
  timeslots: TimetableSlot[]
}

type Scale = (slot: TimetableSlot) => number

const MINUTE = 60_000

/** A clinic's day as rows: by real time, so that an hour which the clock shows twice is there twice. */
export function rowsOfDay({ now }: Ctx, columns: Column[], timeZone: string) {
  const clock = (minutes: number) => onTheClock(new Date(minutes * MINUTE), timeZone)
  const present = now.epochMilliseconds / MINUTE
  return rowsOf(columns, ({ startsAt }) => Date.parse(startsAt) / MINUTE).map(({ from, until, ...row }) => ({
    startsAt: clock(from),
    endsAt: clock(until),
    timeZone,
    isNow: from <= present && present < until,
    ...row
  }))
}

/**
 * A week as rows: by what the clock shows, so that its days stand side by side. What looks alike in an hour that comes
 * twice, or on two clinics' clocks, shares a cell.
 */
export function rowsOfWeek(columns: Column[], monday: Temporal.PlainDate, timeZone: string) {
  const clock = (minutes: number) => monday.toPlainDateTime().add({ minutes }).toString({ smallestUnit: 'second' })
  const onTheWall: Scale = ({ startsAt }) => Number(startsAt.slice(11, 13)) * 60 + Number(startsAt.slice(14, 16))
  return rowsOf(columns, onTheWall).map(({ from, until, ...row }) => ({
    startsAt: clock(from),
    endsAt: clock(until),
    timeZone,
    isNow: false,
    ...row
  }))
}

function rowsOf(columns: Column[], scale: Scale) {
  const placed = columns.map(({ timeslots }) =>
    timeslots.map(slot => ({ id: slot.id, from: scale(slot), until: scale(slot) + slot.minutes }))
  )
  return gridOf<Placed & { id: string }>(placed).map(({ from, until, cells }) => ({
    from,
    until,
    /** Whether anything begins here: else only something ends. */
    isStart: cells.some(cell => cell?.items.length),
    cells: cells.map(cell => cell && { rows: cell.rows, timeslotIds: cell.items.map(({ id }) => id) })
  }))
}
