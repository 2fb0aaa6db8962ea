import { z } from 'zod'
import { clock, clockOfEnd, id, isoDate, many, optional, optionalText } from './fields.ts'

const kind = z.enum(['now', 'days', 'hours'], { error: 'team:timeOff.errors.kind' })
const time = optional(clock('errors:time.invalid'))
const page = z.coerce.number().int().min(1).max(1000).default(1)

/** Whose, at the front desk; a doctor's own needs no name. */
export const timeOffSearch = z.strictObject({ doctorId: optional(id), page })

/** The worklist, perhaps with the visit that has just been moved away from it. */
export const worklistQuery = timeOffSearch.extend({ moved: optional(id).catch(undefined) })

/** Times to send to a patient. */
export const proposalForm = z.strictObject({
  timeslotIds: many(id).refine(times => times.length > 0 && times.length <= 10, 'team:propose.refusal.gone')
})

/** The page that a doctor may come back to afterwards. */
export const ownBackQuery = z.strictObject({ from: optional(z.literal('conflicts')) })

/** The page that the front desk may come back to. */
export const backQuery = z.strictObject({ from: optional(z.enum(['today', 'conflicts', 'timetable', 'week'])) })

/** A time as its field shows it. */
const shown = optional(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'errors:invalid'))
/** The timetable that hours are blocked from. */
const on = optional(z.enum(['timetable', 'week'], { error: 'errors:invalid' }))

export const timeOffQuery = z.strictObject({
  doctorId: optional(id),
  clinicId: optional(id),
  kind: optional(kind),
  date: optional(isoDate()),
  startTime: shown,
  endTime: shown,
  on
})

/**
 * From now on, whole days, or some hours of one day. Only the fields of that kind count: all of them are on the page.
 * `change` says that the person looks at what was typed once more.
 */
export const timeOffForm = z
  .strictObject({
    doctorId: optional(id),
    clinicId: optional(id),
    kind,
    from: optional(isoDate()),
    to: optional(isoDate()),
    date: optional(isoDate()),
    startTime: time,
    endTime: optional(clockOfEnd('errors:time.invalid')),
    reason: optionalText(200),
    on,
    change: optional(z.literal('yes'))
  })
  .superRefine(({ kind, from, to, date, startTime, endTime }, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    if (kind === 'days') {
      if (!from) wrong('from', 'team:timeOff.errors.from')
      else if (to && to < from) wrong('to', 'team:timeOff.errors.order')
    }
    if (kind === 'hours') {
      if (!date) wrong('date', 'team:timeOff.errors.date')
      if (startTime === undefined) wrong('startTime', 'team:timeOff.errors.startTime')
      if (endTime === undefined) wrong('endTime', 'team:timeOff.errors.endTime')
      else if (startTime !== undefined && endTime <= startTime) wrong('endTime', 'team:timeOff.errors.hoursOrder')
    }
  })
