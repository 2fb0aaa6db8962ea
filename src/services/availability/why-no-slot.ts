import type { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Interval, overlaps } from '../../scheduling/intervals.ts'
import { isValidOn, shiftsOn } from '../../scheduling/openings.ts'
import { type PublishedHours, plannedSlots } from '../../scheduling/publishing.ts'
import { dayAt, whileClockShows } from '../../scheduling/zone.ts'
import { hoursOf } from './diary.ts'
import type { SlotThen } from './slot-then.ts'
import type { Found } from './why-not-offered.ts'

/** Why a doctor who is not away has no slot at a clinic then: taken away by hand, or what the working hours say. */
export async function whyNoSlot(
  ctx: Ctx,
  doctorId: string,
  clinic: { id: string; timeZone: string },
  startsAt: Temporal.Instant,
  removed: SlotThen | null
): Promise<Found> {
  if (removed) return { reason: 'REMOVED', from: removed.startsAt, until: removed.endsAt }
  const day = dayAt(startsAt, clinic.timeZone)
  const hours = (await hoursOf(db, ctx, doctorId)).filter(each => each.clinicId === clinic.id && isValidOn(day, each))
  const [first] = hours
  if (!first) return { reason: 'NO_HOURS' }

  const isAt = (stretch: Interval) => overlaps(stretch, { startsAt, endsAt: startsAt.add({ minutes: 1 }) })
  const own = hours.find(each => shiftsOn(day, each).some(isAt))
  if (own) return whyNotInShift(ctx, own, startsAt)

  const shown = (each: { startMinutes: number; endMinutes: number }) =>
    whileClockShows(day, each.startMinutes, each.endMinutes, clinic.timeZone)
  const rest = hours.flatMap(({ breaks }) => breaks.flatMap(shown)).find(isAt)
  if (rest && hours.some(each => shown(each).some(isAt)))
    return { reason: 'BREAK', from: rest.startsAt, until: rest.endsAt }
  const [whole] = shown(first)
  return { reason: 'OUTSIDE_HOURS', ...(whole && { from: whole.startsAt, until: whole.endsAt }) }
}

/** At work, and yet no slot: after the window, between two starts, or not published yet. */
function whyNotInShift({ now }: Ctx, hours: PublishedHours, startsAt: Temporal.Instant): Found {
  const day = dayAt(startsAt, hours.timeZone)
  const published = dayAt(now, hours.timeZone).until(hours.lastDay).days
  if (dayAt(now, hours.timeZone).until(day).days > published) return { reason: 'WINDOW', count: published - 1 }
  const around = plannedSlots(hours, day, day).find(slot =>
    overlaps(slot, { startsAt, endsAt: startsAt.add({ minutes: 1 }) })
  )
  if (around?.startsAt.equals(startsAt)) return { reason: 'NOT_YET' }
  return { reason: 'NOT_A_START', ...(around && { from: around.startsAt, until: around.endsAt }) }
}
