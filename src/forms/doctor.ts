import { z } from 'zod'
import { clock, id, isoDate, optional, text, weekdays, wholeNumber } from './fields.ts'

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
  doctorId: optional(id),
  created: count,
  skipped: count,
  overlap: count,
  past: count,
  away: count,
  noSuchTime: count
})

/** A week of a doctor, who needs no name behind the doctor's own door. */
export const whoseWeekQuery = dayQuery.extend({ doctorId: optional(id) })

export const viewQuery = dayQuery.extend({ view: optional(z.literal('calendar')) })

export const rejectionForm = z.strictObject({ reason: text('team:errors.rejection', 500) })

export const cancellationForm = z.strictObject({ reason: text('team:errors.reason', 500) })

/** The button of a slot, and the page it stands on. */
export const slotForm = z.strictObject({
  on: z.enum(['schedule', 'timeslots', 'timetable', 'week'], { error: 'errors:invalid' }).default('timeslots'),
  date: optional(isoDate())
})

const listed = (value: unknown) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : value)

const times = z
  .preprocess(
    listed,
    z.array(clock('team:errors.times'), { error: 'team:errors.times' }).max(MOST_TIMES, 'team:errors.times')
  )
  .default([])

/** Times by name, or from one time to another with the length as the step; or both. */
export const timeslotsForm = z
  .strictObject({
    doctorId: optional(id),
    clinicId: z.uuid({ error: 'team:errors.clinicId' }),
    from: isoDate('team:errors.from'),
    to: isoDate('team:errors.to'),
    weekdays: weekdays('team:errors.weekdays'),
    minutes: wholeNumber('team:errors.minutes', 5, 240),
    startTime: optional(clock('errors:time.invalid')),
    endTime: optional(clock('errors:time.invalid')),
    times
  })
  .superRefine(({ from, to, startTime, endTime, minutes, times: named }, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    if (to < from) wrong('to', 'team:errors.order')
    if (startTime === undefined && endTime === undefined && named.length === 0)
      wrong('startTime', 'team:errors.noTimes')
    if (startTime === undefined && endTime !== undefined) wrong('startTime', 'team:errors.startTime')
    if (startTime !== undefined && endTime === undefined) wrong('endTime', 'team:errors.endTime')
    if (startTime !== undefined && endTime !== undefined && endTime < startTime + minutes)
      wrong('endTime', 'team:errors.tooShort')
  })

const MOST_BYTES = 5 * 1024 * 1024

/** A picture of oneself. What kind of file it is shows when it is read. */
export const photoForm = z.strictObject({
  photo: z
    .file({ error: 'doctor:profile.errors.photo' })
    .min(1, 'doctor:profile.errors.photo')
    .max(MOST_BYTES, 'doctor:profile.errors.tooLarge')
})
