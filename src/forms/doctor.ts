import { z } from 'zod'
import { clock, isoDate, optional, text, weekdays, wholeNumber } from './fields.ts'

const MOST_TIMES = 288

export const dayQuery = z.strictObject({ date: optional(isoDate()) })

const count = optional(
  z
    .string()
    .regex(/^\d{1,4}$/, 'errors:invalid')
    .transform(Number)
)

/** A week, and what has just been added to it. */
export const weekQuery = dayQuery.extend({
  created: count,
  skipped: count,
  overlap: count,
  past: count,
  away: count,
  noSuchTime: count
})

export const viewQuery = dayQuery.extend({ view: optional(z.literal('calendar')) })

export const rejectionForm = z.strictObject({ reason: text('doctor:errors.rejection', 500) })

export const cancellationForm = z.strictObject({ reason: text('doctor:errors.reason', 500) })

/** The button of a slot, and the page it stands on. */
export const slotForm = z.strictObject({
  on: z.enum(['schedule', 'timeslots'], { error: 'errors:invalid' }).default('timeslots'),
  date: optional(isoDate())
})

const listed = (value: unknown) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : value)

const times = z
  .preprocess(
    listed,
    z.array(clock('doctor:errors.times'), { error: 'doctor:errors.times' }).max(MOST_TIMES, 'doctor:errors.times')
  )
  .default([])

/** Times by name, or from one time to another with the length as the step; or both. */
export const timeslotsForm = z
  .strictObject({
    clinicId: z.uuid({ error: 'doctor:errors.clinicId' }),
    from: isoDate('doctor:errors.from'),
    to: isoDate('doctor:errors.to'),
    weekdays: weekdays('doctor:errors.weekdays'),
    minutes: wholeNumber('doctor:errors.minutes', 5, 240),
    startTime: optional(clock('errors:time.invalid')),
    endTime: optional(clock('errors:time.invalid')),
    times
  })
  .superRefine(({ from, to, startTime, endTime, minutes, times: named }, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    if (to < from) wrong('to', 'doctor:errors.order')
    if (startTime === undefined && endTime === undefined && named.length === 0)
      wrong('startTime', 'doctor:errors.noTimes')
    if (startTime === undefined && endTime !== undefined) wrong('startTime', 'doctor:errors.startTime')
    if (startTime !== undefined && endTime === undefined) wrong('endTime', 'doctor:errors.endTime')
    if (startTime !== undefined && endTime !== undefined && endTime < startTime + minutes)
      wrong('endTime', 'doctor:errors.tooShort')
  })
