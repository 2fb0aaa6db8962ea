import { z } from 'zod'

/** The kinds of field that forms are made of. Messages are locale keys. */

const absentIfEmpty = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)

/** PostgreSQL can't keep NUL, and a lone surrogate is no character: neither is anything a person types. */
const isPrintable = (value: string) => value.isWellFormed() && !value.includes('\0')

export const id = z.uuid({ error: 'errors:invalid' })

/** One line or more of text, trimmed. `missing` is what to say when there is none. */
export const text = (missing: string, most = 200) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, 'errors:tooLong')
    .refine(isPrintable, 'errors:characters')

export const optional = <T extends z.ZodType>(schema: T) => z.preprocess(absentIfEmpty, schema.optional())

export const optionalText = (most = 200) => optional(text('errors:invalid', most))

export const email = z
  .string({ error: 'errors:email.missing' })
  .trim()
  .min(1, 'errors:email.missing')
  .max(254, 'errors:tooLong')
  .pipe(z.email('errors:email.invalid'))

/** Digits with the signs people put between them. */
export const phone = text('errors:phone.missing', 30).refine(
  value => /^\+?[\d\s().-]+$/.test(value) && value.replace(/\D/g, '').length >= 6,
  'errors:phone.invalid'
)

export const wholeNumber = (missing: string, minimum: number, maximum: number) =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .min(1, missing)
          .regex(/^-?\d{1,9}$/, 'errors:number.whole')
      ],
      { error: missing }
    )
    .transform(Number)
    .pipe(z.number().int('errors:number.whole'))
    .refine(typed => typed >= minimum && typed <= maximum, {
      error: 'errors:number.range',
      params: { minimum, maximum }
    })

const isoDay = /^\d{4}-\d{2}-\d{2}$/

/** A calendar date as `YYYY-MM-DD`, years 1900 to 2999; impossible dates are refused. */
export const isoDate = (missing = 'errors:date.missing') =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .regex(isoDay, 'errors:date.invalid')
    .refine(isReal, 'errors:date.invalid')

/** The same, typed as day, month and year. */
export const threePartDate = (missing = 'errors:date.missing') => z.preprocess(joinParts, isoDate(missing))

function joinParts(value: unknown) {
  if (typeof value !== 'object' || value === null) return value
  const { day, month, year } = value as Record<string, unknown>
  const parts = [year, month, day].map(piece => (isWritten(piece) ? String(piece ?? '').trim() : '?'))
  if (parts.every(piece => piece === '')) return undefined
  return parts.map((piece, at) => piece.padStart(at === 0 ? 4 : 2, '0')).join('-')
}

const isWritten = (piece: unknown) => piece === null || ['string', 'number', 'undefined'].includes(typeof piece)

function isReal(value: string) {
  const date = new Date(`${value}T00:00:00Z`)
  const year = date.getUTCFullYear()
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(value) && year >= 1900 && year < 3000
}

/** Choices of which none, one or many may be ticked. */
export const many = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    value => (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]),
    z.array(schema)
  )

const clockPattern = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

/** `9:00`, `09:00` or `09.00`, as minutes past midnight. */
export const clock = (missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .regex(clockPattern, missing)
    .transform(value => {
      const [, hours, minutes] = clockPattern.exec(value) ?? []
      return Number(hours) * 60 + Number(minutes)
    })

const MIDNIGHT = 24 * 60

/** The same as an end: `00:00` is the midnight at which the day is over. */
export const clockOfEnd = (missing: string) => clock(missing).transform(minutes => minutes || MIDNIGHT)

/** One or more of 1 (Monday) to 7. */
export const weekdays = (missing: string) => {
  const weekday = z.number({ error: missing }).int(missing).min(1, missing).max(7, missing)
  const typed = (value: unknown) => (typeof value === 'string' && /^\d$/.test(value) ? Number(value) : value)
  return many(z.preprocess(typed, weekday)).refine(days => days.length > 0 && days.length <= 7, missing)
}

/** A text that may be emptied. Left out, it stays as it is. */
export const clearable = (most = 200) =>
  z
    .string({ error: 'errors:invalid' })
    .trim()
    .max(most, 'errors:tooLong')
    .refine(isPrintable, 'errors:characters')
    .optional()

/** A box: `on` from a form, true or false from a program, and not ticked when it is left out. */
export const ticked = z.preprocess(
  value => (value === undefined || value === '' ? false : value === 'on' ? true : value),
  z.boolean({ error: 'errors:invalid' })
)

/** A form that is only a button. */
export const nothing = z.strictObject({})

/** What lists are asked for: words to search for, a page of a small list, a place in a large one, an order. */
export const q = optionalText(100)
export const page = z.coerce.number().int().min(1).max(10_000).default(1)

/** Where a page of a large list begins or ends; services read it. It has room for the longest name in any script. */
export const place = { after: optionalText(1000), before: optionalText(1000) }

/** The columns a list can be ordered by, upwards and, with a minus sign, downwards. */
export const sortedBy = <C extends string>(...columns: C[]) =>
  optional(z.enum(columns.flatMap(column => [column, `-${column}` as const])))

export const inUse = optional(z.enum(['active', 'inactive']))
