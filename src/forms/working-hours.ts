import { z } from 'zod'
import { clock, clockOfEnd, id, isoDate, optional, weekdays, wholeNumber } from './fields.ts'

/** The choice that means: another length, see the field below. */
export const OTHER = 'OTHER'

/** Lengths that are offered by name, in the order they are offered. */
export const USUAL = [15, 20, 30]

/** How somebody would have chosen a length. */
export const lengthTyped = (minutes: number) =>
  USUAL.includes(minutes) ? { slotMinutes: minutes } : { slotMinutes: OTHER, otherMinutes: minutes }

const range = [5, 240] as const

const time = optional(clock('errors:time.invalid'))
const timeOfEnd = optional(clockOfEnd('errors:time.invalid'))

/** Whose hours. A doctor need not say: one's own. */
export const whoseQuery = z.strictObject({ doctorId: optional(id) })

const count = optional(
  z
    .string()
    .regex(/^\d{1,6}$/, 'errors:invalid')
    .transform(Number)
)

/** A doctor's hours, and what has just been done to them. */
export const hoursQuery = whoseQuery.extend({
  done: optional(z.enum(['added', 'changed', 'removed'])),
  added: count,
  removed: count,
  unfit: count,
  fit: count
})

/**
 * In the order of the page: problems are listed in this order. `id` is that of hours that are to be changed; `change`
 * says that the person looks at what was typed once more; `version` is that of the hours when the form was opened.
 */
const fields = z.strictObject({
  doctorId: optional(id),
  id: optional(id),
  version: optional(z.string().regex(/^[\w-]{16}$/, 'errors:invalid')),
  clinicId: z.uuid({ error: 'team:hours.errors.clinicId' }),
  weekdays: weekdays('team:hours.errors.weekdays'),
  startTime: clock('team:hours.errors.startTime'),
  endTime: clockOfEnd('team:hours.errors.endTime'),
  breakStart: time,
  breakEnd: timeOfEnd,
  secondBreakStart: time,
  secondBreakEnd: timeOfEnd,
  slotMinutes: z.union([z.literal(OTHER), wholeNumber('team:hours.errors.slotMinutes', ...range)], {
    error: 'team:hours.errors.slotMinutes'
  }),
  otherMinutes: optional(wholeNumber('team:hours.errors.otherMinutes', ...range)),
  roomId: optional(id),
  validFrom: optional(isoDate()),
  validUntil: optional(isoDate()),
  change: optional(z.literal('yes'))
})

type Typed = z.output<typeof fields>

/** One row of hours for each weekday that is ticked. Times come out in minutes past midnight. */
export const hoursForm = fields
  .superRefine((typed, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message })
    for (const [path, message] of problemsOf(typed)) wrong(path, message)
  })
  .refine(({ slotMinutes, otherMinutes }) => slotMinutes !== OTHER || otherMinutes, {
    path: ['otherMinutes'],
    error: 'team:hours.errors.otherMinutes',
    when: () => true
  })
  .transform(typed => ({
    change: typed.change,
    id: typed.id,
    version: typed.version,
    doctorId: typed.doctorId,
    clinicId: typed.clinicId,
    weekdays: [...new Set(typed.weekdays)].sort(),
    startMinutes: typed.startTime,
    endMinutes: typed.endTime,
    breaks: breaksOf(typed).filter(isWhole),
    slotMinutes: lengthOf(typed),
    roomId: typed.roomId,
    validFrom: typed.validFrom,
    validUntil: typed.validUntil
  }))

interface Stretch {
  startMinutes: number
  endMinutes: number
}

const breaksOf = ({ breakStart, breakEnd, secondBreakStart, secondBreakEnd }: Typed) => [
  { startMinutes: breakStart, endMinutes: breakEnd },
  { startMinutes: secondBreakStart, endMinutes: secondBreakEnd }
]

const isWhole = (pause: Partial<Stretch>): pause is Stretch =>
  pause.startMinutes !== undefined && pause.endMinutes !== undefined

const lengthOf = ({ slotMinutes, otherMinutes }: Typed) => (slotMinutes === OTHER ? (otherMinutes ?? 0) : slotMinutes)

/** What doesn't go together. The length comes last: it says nothing while the times are wrong. */
function problemsOf(typed: Typed) {
  const { startTime, endTime, slotMinutes, otherMinutes, validFrom, validUntil } = typed
  const found: [string, string][] = []
  if (endTime <= startTime) found.push(['endTime', 'team:hours.errors.order'])
  else found.push(...breakProblems(typed))
  if (slotMinutes !== OTHER && otherMinutes) found.push(['otherMinutes', 'team:hours.errors.oneLength'])
  if (found.length === 0 && longestOf(typed) < lengthOf(typed)) found.push(['endTime', 'team:hours.errors.tooShort'])
  if (validFrom && validUntil && validUntil < validFrom) found.push(['validUntil', 'team:hours.errors.validOrder'])
  return found
}

function breakProblems(typed: Typed) {
  const [first, second] = breaksOf(typed)
  const found: [string, string][] = []
  for (const [{ startMinutes: start, endMinutes: end } = {}, name] of [
    [first, 'break'] as const,
    [second, 'secondBreak'] as const
  ]) {
    if (start === undefined && end === undefined) continue
    if (start === undefined) found.push([`${name}Start`, 'team:hours.errors.breakStart'])
    else if (end === undefined) found.push([`${name}End`, 'team:hours.errors.breakEnd'])
    else if (end <= start) found.push([`${name}End`, 'team:hours.errors.breakOrder'])
    else if (start < typed.startTime || typed.endTime < end)
      found.push([`${name}Start`, 'team:hours.errors.breakOutside'])
  }
  if (found.length === 0 && first && second && isWhole(first) && isWhole(second))
    if (first.startMinutes < second.endMinutes && second.startMinutes < first.endMinutes)
      found.push(['secondBreakStart', 'team:hours.errors.breaksOverlap'])
  return found
}

/** The longest stretch that breaks leave, in minutes. */
function longestOf(typed: Typed) {
  const breaks = breaksOf(typed)
    .filter(isWhole)
    .sort((a, b) => a.startMinutes - b.startMinutes)
  const starts = [typed.startTime, ...breaks.map(({ endMinutes }) => endMinutes)]
  const ends = [...breaks.map(({ startMinutes }) => startMinutes), typed.endTime]
  return Math.max(...starts.map((start, at) => (ends[at] ?? start) - start))
}
