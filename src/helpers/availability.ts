/** What a picker says of days and times. */

interface Count {
  free: number
  total: number
}

/** A day in a word, by the share that is taken: under half, under three quarters, not all, all. */
export function dayWord({ free, total }: Count) {
  const taken = (total - free) / total
  if (free === 0) return { key: 'booking:availability.full', tone: 'quiet' }
  if (taken < 0.5) return { key: 'booking:availability.available', tone: 'brand' }
  if (taken < 0.75) return { key: 'booking:availability.filling', tone: 'amber' }
  return { key: 'booking:availability.almost', tone: 'red' }
}

const AT_ONCE = 7

/** The seven days around the chosen one, and a day of the seven before and after: `2026-11-24`. */
export function daysAround<D extends { date: string }>(days: D[], chosen: string) {
  const after = days.findIndex(day => day.date >= chosen)
  const at = after === -1 ? days.length - 1 : after
  const first = Math.max(0, Math.floor(at / AT_ONCE) * AT_ONCE)
  return {
    days: days.slice(first, first + AT_ONCE),
    earlier: days[first - AT_ONCE]?.date ?? null,
    later: days[first + AT_ONCE]?.date ?? null
  }
}

const NOON = 12
const EVENING = 17

/**
 * Morning until 12:00, afternoon until 17:00, then evening, by the clock the times are written on. Empty parts are left
 * out.
 */
export function partsOfDay<S extends { startsAt: string }>(slots: S[]) {
  const hour = (slot: S) => Number(slot.startsAt.slice(11, 13))
  return [
    { part: 'morning', slots: slots.filter(slot => hour(slot) < NOON) },
    { part: 'afternoon', slots: slots.filter(slot => hour(slot) >= NOON && hour(slot) < EVENING) },
    { part: 'evening', slots: slots.filter(slot => hour(slot) >= EVENING) }
  ].filter(({ slots: some }) => some.length > 0)
}

interface OnItsClock {
  startsAt: string
  timeZone: string
}

interface Words {
  time(iso: string): string
  zone(iso: string, timeZone: string): string
}

/**
 * The hour that a clock shows twice: times of one of some slots that would read the same name their zone, others none.
 */
export function twins({ time, zone }: Words) {
  const isTwinOf =
    ({ startsAt, timeZone }: OnItsClock) =>
    (other: OnItsClock) =>
      other.timeZone === timeZone && other.startsAt !== startsAt && other.startsAt.startsWith(startsAt.slice(0, 16))
  const zoneAmong = (slot: OnItsClock, slots: OnItsClock[]) =>
    slots.some(isTwinOf(slot)) ? zone(slot.startsAt, slot.timeZone) : ''
  return {
    /** `BST` for 01:30 when 01:30 comes again, else nothing. */
    zoneAmong,
    /** `01:30 BST` when 01:30 comes again, else `01:30`. */
    timeAmong: (slot: OnItsClock, slots: OnItsClock[]) => `${time(slot.startsAt)} ${zoneAmong(slot, slots)}`.trim()
  }
}
