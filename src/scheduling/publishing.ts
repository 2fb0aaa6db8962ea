import { Temporal } from 'temporal-polyfill'
import { type Interval, isBefore, isWithin, overlaps, overlapWith } from './intervals.ts'
import { type Away, awayThen, shiftsOn, type WeeklyHours } from './openings.ts'
import { slotsIn } from './slots.ts'
import { boundsOf, dayAt, daysFrom } from './zone.ts'

/** Hours that slots are published from. */
export interface PublishedHours extends WeeklyHours {
  id: string
  roomId: string | null
  slotMinutes: number
  /** The end of the clinic's booking window: nothing is added after that day. */
  lastDay: Temporal.PlainDate
}

/** A slot that the hours ask for. */
export interface WantedSlot extends Interval {
  hoursId: string
  clinicId: string
  roomId: string | null
}

export type SuspendedBy = 'TIME_OFF' | 'CLOSURE' | 'HOURS'

/** A slot that is there. */
export interface PublishedSlot extends Interval {
  id: string
  clinicId: string
  roomId: string | null
  /** None when it was added by hand. */
  hoursId: string | null
  /** Not blocked by hand. */
  isAvailable: boolean
  /** Somebody has booked or holds it. */
  isTaken: boolean
  /** Squeezed in for somebody on purpose: it keeps no other slot of its clinic away. */
  isExtra: boolean
  /** Taken away by hand: nothing else may be put there. */
  isRemoved: boolean
  suspendedBy: SuspendedBy | null
}

export interface Change {
  slot: PublishedSlot
  roomId: string | null
  hoursId: string | null
  suspendedBy: SuspendedBy | null
}

/** What has to be done so that the slots that are there are those that should be. */
export interface Publication {
  add: WantedSlot[]
  remove: PublishedSlot[]
  change: Change[]
}

/** What is known of a doctor's time from now on. */
export interface Diary {
  hours: PublishedHours[]
  away: Away[]
  published: PublishedSlot[]
}

/** What hours ask for from one day to another of their clinic's calendar, in order, whether or not anybody is away. */
export const plannedSlots = (hours: PublishedHours, from: Temporal.PlainDate, to: Temporal.PlainDate): WantedSlot[] =>
  shiftsOnDays(hours, daysFrom(from, to)).flatMap(slotsOf)

/**
 * Compares what should be there from `now` on with what is: a diff, never a wipe.
 *
 * Added is what the hours ask for up to their last day, where nobody is away, nothing stands and nothing was taken
 * away by hand. Removed are free slots that the hours no longer ask for. What somebody has stays, whatever happens: it
 * is suspended when it lies outside the hours, or in time off or a closure. Free slots in time off or a closure are
 * suspended too, and come back with their doctor. A slot added by hand belongs to no hours, so none can take it away;
 * a blocked one keeps its time for as long as hours ask for any of it. What is running stays as it is. To
 * publish twice is to publish once.
 */
export function publication({ hours, away, published }: Diary, now: Temporal.Instant): Publication {
  const windowEnds = new Map(hours.map(({ id, lastDay, timeZone }) => [id, boundsOf(lastDay, timeZone)[1]]))
  const shifts = hours.flatMap(each => {
    const window = daysFrom(dayAt(now, each.timeZone), each.lastDay)
    return shiftsOnDays(each, [...window, ...daysAfterWindow(each, published, windowEnds.get(each.id) ?? now)])
  })
  const wanted = shifts
    .flatMap(slotsOf)
    .filter(({ startsAt }) => isBefore(now, startsAt))
    .sort((a, b) => Temporal.Instant.compare(a.startsAt, b.startsAt))
  const wantedAt = new Map(wanted.map(slot => [keyOf(slot), slot]))
  const isWanted = overlapWith(wanted)
  /** The hours that ask for any of a slot's time, there or elsewhere. */
  const ownerOf = (slot: PublishedSlot) =>
    isWanted(slot) ? wanted.find(each => overlaps(each, slot))?.hoursId : undefined
  const shiftOf = (slot: PublishedSlot) =>
    shifts.find(shift => shift.hours.clinicId === slot.clinicId && isWithin(slot, [shift]))?.hours

  /** Where a slot belongs: its hours, null for none (by hand), undefined when it should not be there. */
  function home(slot: PublishedSlot): { hoursId: string | null; roomId: string | null } | undefined {
    if (isByHand(slot)) return slot
    const asked = wantedAt.get(keyOf(slot))
    if (asked) return { hoursId: asked.hoursId, roomId: slot.isTaken ? slot.roomId : asked.roomId }
    const around = slot.isTaken ? shiftOf(slot) : undefined
    if (around) return { hoursId: around.id, roomId: slot.roomId }
    const owner = slot.isTaken || slot.isAvailable ? undefined : ownerOf(slot)
    return owner ? { hoursId: owner, roomId: slot.roomId } : undefined
  }

  const [remove, change, kept]: [PublishedSlot[], Change[], PublishedSlot[]] = [[], [], []]
  const keep = (slot: PublishedSlot) => slot.isExtra || kept.push(slot)
  for (const slot of published) {
    if (!isBefore(now, slot.startsAt)) {
      keep(slot)
      continue
    }
    const found = slot.isRemoved ? { ...slot, hoursId: ownerOf(slot) ?? slot.hoursId } : home(slot)
    if (!found && !slot.isTaken) {
      remove.push(slot)
      continue
    }
    keep(slot)
    const { hoursId, roomId } = found ?? slot
    const suspendedBy = slot.isRemoved ? slot.suspendedBy : found ? (awayThen(slot, away)?.by ?? null) : 'HOURS'
    const stays = hoursId === slot.hoursId && roomId === slot.roomId && suspendedBy === slot.suspendedBy
    if (!stays) change.push({ slot, hoursId, roomId, suspendedBy })
  }

  const isOccupied = overlapWith(kept)
  const extras = published.filter(({ isExtra }) => isExtra)
  const isElsewhere = (slot: WantedSlot) =>
    extras.some(extra => extra.clinicId !== slot.clinicId && overlaps(extra, slot))
  const add: WantedSlot[] = []
  for (const slot of wanted) {
    const last = add.at(-1)
    const isInWindow = isBefore(slot.startsAt, windowEnds.get(slot.hoursId) ?? now)
    const isFree = (!last || !isBefore(slot.startsAt, last.endsAt)) && !isOccupied(slot) && !isElsewhere(slot)
    if (isInWindow && isFree && !awayThen(slot, away)) add.push(slot)
  }
  return { add, remove, change }
}

/** What somebody has outside of any hours has none either, but nobody added it by hand. */
const isByHand = ({ hoursId, suspendedBy }: PublishedSlot) => hoursId === null && suspendedBy !== 'HOURS'

interface Shift extends Interval {
  hours: PublishedHours
}

const shiftsOnDays = (hours: PublishedHours, days: Temporal.PlainDate[]): Shift[] =>
  days.flatMap(day => shiftsOn(day, hours).map(shift => ({ ...shift, hours })))

/** The days beyond the window on which slots stand that hours made: it may have been longer once. */
function daysAfterWindow({ timeZone }: PublishedHours, published: PublishedSlot[], windowEnds: Temporal.Instant) {
  const beyond = published.filter(slot => !isByHand(slot) && !isBefore(slot.startsAt, windowEnds))
  const days = beyond.map(({ startsAt }) => dayAt(startsAt, timeZone))
  return [...new Map(days.map(day => [day.toString(), day])).values()]
}

const slotsOf = ({ hours, ...shift }: Shift): WantedSlot[] =>
  slotsIn([shift], hours.slotMinutes).map(slot => ({
    ...slot,
    hoursId: hours.id,
    clinicId: hours.clinicId,
    roomId: hours.roomId
  }))

/** The same for slots of the same time at the same clinic. */
export const keyOf = ({ clinicId, startsAt, endsAt }: Interval & { clinicId: string }) =>
  `${clinicId} ${startsAt.epochMilliseconds} ${endsAt.epochMilliseconds}`
