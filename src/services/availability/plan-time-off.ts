import { Temporal } from 'temporal-polyfill'
import type { Ctx } from '../../context.ts'
import { refuse } from '../../errors.ts'
import type { Interval } from '../../scheduling/intervals.ts'
import { hoursOn, wholeDays } from '../../scheduling/time-off.ts'
import { clockTime, dayAt, isDayAfter } from '../../scheduling/zone.ts'
import { type WhoseTime, whoseTime } from './whose-time.ts'

const MOST_YEARS = 2

/**
 * Days are `YYYY-MM-DD`, times minutes past midnight, by the clock of the clinic: the doctor's first when none is
 * named.
 */
export interface TimeOffWish {
  doctorId?: string
  clinicId?: string
  kind: 'now' | 'days' | 'hours'
  /** First and last day. Without a last day it is the first, or today. */
  from?: string
  to?: string
  /** The day and hours when it is some hours of a day. */
  date?: string
  startTime?: number
  endTime?: number
  reason?: string
}

export interface PlannedTimeOff extends Interval {
  doctor: WhoseTime
  clinic: WhoseTime['clinics'][number]
  reason: string | null
}

/**
 * Works out when somebody wants to be away. Throws NotFound for a doctor whose time isn't this person's to change, and
 * a Refusal for time that is over, is too far away, or that the clinic's clock never shows.
 */
export async function planTimeOff(ctx: Ctx, wish: TimeOffWish): Promise<PlannedTimeOff> {
  if (!wish.doctorId && !ctx.actor.doctorId) throw refuse('doctorId', 'team:timeOff.errors.doctorId')
  const doctor = await whoseTime(ctx, wish.doctorId)
  const clinic = doctor.clinics.find(({ id }) => id === (wish.clinicId ?? doctor.clinics[0]?.id))
  if (!clinic) throw refuse('clinicId', 'team:timeOff.errors.clinicId')

  const stretch = stretchOf(ctx, wish, clinic.timeZone)
  const last = wish.kind === 'hours' ? 'date' : 'to'
  const limit = dayAt(ctx.now, clinic.timeZone).add({ years: MOST_YEARS })
  if (dayAt(stretch.startsAt, clinic.timeZone).until(limit).sign < 0)
    throw refuse(wish.kind === 'days' ? 'from' : last, 'team:timeOff.errors.tooFar', { count: MOST_YEARS })
  if (dayAt(stretch.endsAt, clinic.timeZone).until(limit).sign < 0)
    throw refuse(last, 'team:timeOff.errors.tooFar', { count: MOST_YEARS })
  return { doctor, clinic, ...stretch, reason: wish.reason ?? null }
}

function stretchOf(ctx: Ctx, wish: TimeOffWish, timeZone: string): Interval {
  const today = dayAt(ctx.now, timeZone)
  if (wish.kind === 'hours') return hoursOf(ctx, wish, timeZone)
  if (wish.kind === 'days') {
    const days = { from: dayOf(wish.from, today), to: dayOf(wish.to ?? wish.from, today) }
    if (isDayAfter(today, days.from)) throw refuse('from', 'team:timeOff.errors.fromPast')
    return wholeDays(days, timeZone)
  }
  const to = dayOf(wish.to, today)
  if (isDayAfter(today, to)) throw refuse('to', 'team:timeOff.errors.toPast')
  return {
    startsAt: ctx.now.round({ smallestUnit: 'minute', roundingMode: 'floor' }),
    endsAt: wholeDays({ from: to, to }, timeZone).endsAt
  }
}

function hoursOf(ctx: Ctx, { date, startTime = 0, endTime = 0 }: TimeOffWish, timeZone: string): Interval {
  const today = dayAt(ctx.now, timeZone)
  const day = dayOf(date, today)
  if (isDayAfter(today, day)) throw refuse('date', 'team:timeOff.errors.datePast')
  for (const [field, minutes] of [
    ['startTime', startTime],
    ['endTime', endTime]
  ] as const)
    if (!clockTime(day, minutes, timeZone)) throw refuse(field, 'team:timeOff.errors.noSuchTime')

  const hours = hoursOn(day, startTime, endTime, timeZone)
  if (!hours) throw refuse('endTime', 'team:timeOff.errors.hoursOrder')
  if (Temporal.Instant.compare(hours.endsAt, ctx.now) <= 0) throw refuse('endTime', 'team:timeOff.errors.over')
  return hours
}

const dayOf = (day: string | undefined, other: Temporal.PlainDate) => (day ? Temporal.PlainDate.from(day) : other)
