import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { db } from '../../database/client.ts'
import { type LeftOut, leftOut } from '../../scheduling/left-out.ts'
import { shiftsOn } from '../../scheduling/openings.ts'
import { type Diary, type Publication, type PublishedHours, publication } from '../../scheduling/publishing.ts'
import { slotsIn } from '../../scheduling/slots.ts'
import { dayAt, isDayAfter, onTheClock, toDate } from '../../scheduling/zone.ts'
import { diaryOf } from './diary.ts'
import { type HoursWish, nextOn, planHours, withPlan } from './plan-working-hours.ts'
import { without } from './remove-working-hours.ts'
import { shownHours } from './shown-hours.ts'
import { visitsHitBy } from './visits-hit.ts'
import { type WhoseTime, whoseTime } from './whose-time.ts'
import { presentHours, type Seen, workingHoursFor } from './working-hours-queries.ts'

/** Hours that somebody wishes to have: new ones, or, with an id, in place of those. */
export type HoursDraft = HoursWish & Seen & { id?: string; doctorId?: string }

/**
 * What saving hours would do, without doing it: an example of a day, how many times are added and how many free ones
 * go, which visits no longer fit, and which times are left out and why. Throws as addWorkingHours and
 * changeWorkingHours do.
 */
export async function previewWorkingHours(ctx: Ctx, { id, doctorId, version, ...wish }: HoursDraft) {
  const doctor = id ? (await workingHoursFor(ctx, id)).doctor : await whoseTime(ctx, doctorId)
  const present = id ? await presentHours(db, ctx, doctor, id, version) : undefined
  const plan = await planHours(db, ctx, doctor, wish, present)
  const diary = withPlan(plan, present)(await diaryOf(db, ctx, doctor.id))
  const done = publication(diary, ctx.now)
  const shown = (hours: PublishedHours) => shownAt(ctx, doctor, hours)
  return {
    doctor,
    replaces: id ?? null,
    workingHours: plan.hours.map(shown),
    presentUntil: plan.presentUntil?.toString() ?? null,
    example: exampleOf(ctx, plan.hours),
    until: plan.hours[0]?.lastDay.toString() ?? null,
    leftOut: byDay(leftOut(plan.hours, diary, done, ctx.now), plan.hours),
    ...(await effectOf(ctx, done))
  }
}

/** What removing hours would do, without doing it. Throws NotFound for hours that aren't this person's. */
export async function previewRemoval(ctx: Ctx, id: string) {
  const { doctor, workingHours } = await workingHoursFor(ctx, id)
  const diary: Diary = without(id)(await diaryOf(db, ctx, doctor.id))
  return { doctor, workingHours, ...(await effectOf(ctx, publication(diary, ctx.now))) }
}

async function effectOf(ctx: Ctx, { add, remove, change }: Publication) {
  return { added: add.length, removed: remove.length, ...(await visitsHitBy(ctx, change)) }
}

function shownAt(ctx: Ctx, { clinics }: WhoseTime, hours: PublishedHours) {
  const clinic = clinics.find(({ id }) => id === hours.clinicId)
  if (!clinic) throw new Error('planned at a clinic that is not there')
  const { rooms, ...place } = clinic
  return shownHours(ctx, hours, { clinic: place, room: rooms.find(({ id }) => id === hours.roomId) ?? null })
}

/** The times of the next whole day on which these hours hold; today when there is no other. */
function exampleOf({ now }: Ctx, hours: PublishedHours[]) {
  const days = hours.map(each => ({ each, day: nextDayOf(each, now) }))
  const [first] = days.sort((a, b) => Temporal.PlainDate.compare(a.day, b.day))
  if (!first) return null
  const { each, day } = first
  const starts = slotsIn(shiftsOn(day, each), each.slotMinutes).map(({ startsAt }) => toDate(startsAt))
  return { date: day.toString(), timeslots: starts.map(start => ({ startsAt: onTheClock(start, each.timeZone) })) }
}

function nextDayOf({ weekday, timeZone, validFrom, validUntil }: PublishedHours, now: Temporal.Instant) {
  const today = dayAt(now, timeZone)
  const from = (day: Temporal.PlainDate) => nextOn(weekday, isDayAfter(validFrom, day) ? validFrom : day)
  const next = from(today.add({ days: 1 }))
  return validUntil && isDayAfter(next, validUntil) ? from(today) : next
}

/** Times of one day with the same reason stand together, in order. */
function byDay(slots: LeftOut[], hours: PublishedHours[]) {
  const [zone = 'UTC'] = hours.map(({ timeZone }) => timeZone)
  const times = slots.map(({ startsAt, by }) => ({ startsAt: onTheClock(toDate(startsAt), zone), by }))
  const groups = Map.groupBy(times, ({ startsAt, by }) => `${startsAt.slice(0, 10)} ${by}`)
  return [...groups].map(([key, group]) => {
    const [date = '', by = 'OTHER'] = key.split(' ')
    return { date, by, timeslots: group.map(({ startsAt }) => ({ startsAt })) }
  })
}
