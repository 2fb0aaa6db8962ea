import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type Interval, overlaps } from '../../scheduling/intervals.ts'
import { publication } from '../../scheduling/publishing.ts'
import { daysOfStretch } from '../../scheduling/time-off.ts'
import { dayAt, onTheClock, toDate } from '../../scheduling/zone.ts'
import { hitsOf } from '../appointments/hits.ts'
import { diaryOf } from './diary.ts'
import { planTimeOff, type TimeOffWish } from './plan-time-off.ts'

/**
 * What time off would do, before it is there: who is booked then, how many free times go off offer, and what time off
 * there is then already. Times are by the clock of the clinic that was named. Throws as `planTimeOff` does.
 */
export async function previewTimeOff(ctx: Ctx, wish: TimeOffWish) {
  const { doctor, clinic, reason, ...stretch } = await planTimeOff(ctx, wish)
  const [diary, hit] = await Promise.all([
    diaryOf(db, ctx, doctor.id),
    hitsOf(ctx, [{ ...stretch, doctorId: doctor.id }])
  ])
  const { change } = publication({ ...diary, away: [...diary.away, { by: 'TIME_OFF', ...stretch }] }, ctx.now)
  const goes = change.filter(({ slot, suspendedBy }) => suspendedBy && !slot.suspendedBy && !slot.isTaken)

  const { timeZone } = clinic
  const already = diary.away.filter(away => away.by === 'TIME_OFF' && overlaps(away, stretch))
  return {
    doctor: { id: doctor.id, name: doctor.name },
    clinic: { id: clinic.id, name: clinic.name },
    timeZone,
    ...shownStretch(stretch, timeZone),
    reason,
    ...hit,
    freeTimes: goes.filter(({ slot }) => slot.isAvailable && overlaps(slot, stretch)).length,
    already: already.map(away => shownStretch(away, timeZone))
  }
}

/**
 * When it begins and ends on a clock, and the last day it touches; `days` has its first and last day, `2026-12-24`,
 * when it is whole days by that clock.
 */
export function shownStretch(stretch: Interval, timeZone: string) {
  const days = daysOfStretch(stretch, timeZone)
  return {
    startsAt: onTheClock(toDate(stretch.startsAt), timeZone),
    endsAt: onTheClock(toDate(stretch.endsAt), timeZone),
    lastDay: dayAt(stretch.endsAt.subtract({ milliseconds: 1 }), timeZone).toString(),
    days: days && { from: days.from.toString(), to: days.to.toString() }
  }
}
