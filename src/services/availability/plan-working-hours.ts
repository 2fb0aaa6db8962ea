import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../database/transaction.ts'
import { type Problem, Refusal, refuse } from '../../errors.ts'
import type { Stretch } from '../../scheduling/openings.ts'
import type { PublishedHours } from '../../scheduling/publishing.ts'
import { dayAt, isDayAfter } from '../../scheduling/zone.ts'
import { lastDayOf } from './diary.ts'
import type { Amendment } from './publish.ts'
import { refuseClash } from './refuse-clash.ts'
import type { WhoseTime } from './whose-time.ts'

/** The same hours on some weekdays, 1 is Monday. Minutes past midnight by the clinic's clock; days are `YYYY-MM-DD`. */
export interface HoursWish extends Stretch {
  clinicId: string
  weekdays: number[]
  breaks: Stretch[]
  slotMinutes: number
  /** None for any free room. */
  roomId?: string
  /** None for today. */
  validFrom?: string
  /** None for ever. */
  validUntil?: string
}

export interface HoursPlan {
  hours: PublishedHours[]
  /** The last day of the present hours, when those that take their place begin on a day to come. */
  presentUntil: Temporal.PlainDate | null
}

/**
 * The hours that a wish comes to. One that changes `present` hours changes them from today, or, when it names a day to
 * come, lets them be until the day before. Throws Refusal for a clinic that is not the doctor's or not the asker's, a
 * room that is not the clinic's, days that are over or have no such weekday, and hours in which the doctor is elsewhere.
 */
export async function planHours(tx: Tx, ctx: Ctx, doctor: WhoseTime, wish: HoursWish, present?: PublishedHours) {
  const clinic = await clinicOf(tx, doctor, wish)
  const today = dayAt(ctx.now, clinic.timeZone)
  const wished = wish.validFrom ? Temporal.PlainDate.from(wish.validFrom) : today
  const hasBegun = present !== undefined && !isDayAfter(present.validFrom, today)
  const staysAtFirst = hasBegun && isDayAfter(wished, today) && !isOver(present, today)
  const validFrom = hasBegun && !isDayAfter(wished, today) ? present.validFrom : wished
  const validUntil = wish.validUntil ? Temporal.PlainDate.from(wish.validUntil) : null
  refuseDays(wish, { today, validFrom, validUntil, isChange: present !== undefined })

  const { clinicId, startMinutes, endMinutes, breaks, slotMinutes, roomId = null } = wish
  const hours = wish.weekdays.map(weekday => ({
    id: present && !staysAtFirst ? present.id : `new ${weekday}`,
    ...{ clinicId, roomId, weekday, startMinutes, endMinutes, breaks, slotMinutes, validFrom, validUntil },
    timeZone: clinic.timeZone,
    lastDay: lastDayOf(ctx.now, clinic)
  }))
  const plan: HoursPlan = { hours, presentUntil: staysAtFirst ? lastDayBefore(wished, present) : null }
  await refuseClash(tx, ctx, doctor, plan, present)
  return plan
}

/** A doctor's time as it is when a plan is carried out. */
export const withPlan =
  ({ hours, presentUntil }: HoursPlan, present?: PublishedHours): Amendment =>
  diary => {
    const others = diary.hours.filter(({ id }) => id !== present?.id)
    const shortened = present && presentUntil ? [{ ...present, validUntil: presentUntil }] : []
    return { ...diary, hours: [...others, ...shortened, ...hours] }
  }

/** The first such weekday on or after a day; 1 is Monday. */
export const nextOn = (weekday: number, from: Temporal.PlainDate) =>
  from.add({ days: (weekday - from.dayOfWeek + 7) % 7 })

/** Looked at again inside the transaction: the doctor may just have left, the clinic may just have closed. */
async function clinicOf(tx: Tx, doctor: WhoseTime, { clinicId, roomId }: HoursWish) {
  const offered = doctor.clinics.find(({ id }) => id === clinicId)
  const clinic =
    offered &&
    (await tx.clinic.findFirst({
      where: { id: clinicId, deactivatedAt: null, doctors: { some: { doctorId: doctor.id } } },
      select: { timeZone: true, bookingWindowDays: true }
    }))
  if (!clinic) throw refuse('clinicId', 'team:hours.errors.clinicId')
  if (roomId && !offered.rooms.some(({ id }) => id === roomId)) throw refuse('roomId', 'team:hours.errors.roomId')
  return clinic
}

interface Days {
  today: Temporal.PlainDate
  validFrom: Temporal.PlainDate
  validUntil: Temporal.PlainDate | null
  isChange: boolean
}

function refuseDays({ weekdays }: HoursWish, { today, validFrom, validUntil, isChange }: Days) {
  const problems: Problem[] = []
  const first = isDayAfter(validFrom, today) ? validFrom : today
  if (isChange && weekdays.length > 1) problems.push({ field: 'weekdays', key: 'team:hours.errors.oneWeekday' })
  if (validUntil && isDayAfter(today, validUntil)) problems.push({ field: 'validUntil', key: 'team:hours.errors.past' })
  else if (validUntil && weekdays.some(weekday => isDayAfter(nextOn(weekday, first), validUntil)))
    problems.push({ field: 'validUntil', key: 'team:hours.errors.noSuchDay' })
  if (problems.length) throw new Refusal(problems)
}

const lastDayBefore = (day: Temporal.PlainDate, { validUntil }: PublishedHours) =>
  validUntil && isDayAfter(day, validUntil) ? validUntil : day.subtract({ days: 1 })

const isOver = ({ validUntil }: PublishedHours, today: Temporal.PlainDate) =>
  validUntil !== null && isDayAfter(today, validUntil)
