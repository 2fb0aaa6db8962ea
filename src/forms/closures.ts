import { z } from 'zod'
import { id, isoDate, many, optional, page, q, sortedBy, text } from './fields.ts'

const MOST_BYTES = 256 * 1024
const MOST_DAYS = 90

const clinicId = z.uuid({ error: 'admin:closures.errors.clinicId' })
const reason = text('admin:closures.errors.reason', 200)

export const closureSearch = z.strictObject({
  q,
  clinicId: optional(id),
  when: optional(z.enum(['over'])),
  sort: sortedBy('startsOn', 'clinic'),
  page
})

export const closureQuery = z.strictObject({ clinicId: optional(id) })

/** `change` says that the person looks at what was typed once more. */
export const closureForm = z
  .strictObject({
    clinicId,
    from: isoDate('admin:closures.errors.from'),
    to: optional(isoDate()),
    reason,
    change: optional(z.literal('yes'))
  })
  .refine(({ from, to }) => !to || from <= to, { path: ['to'], error: 'admin:closures.errors.order' })

/** A calendar file, as its text. */
export const fileForm = z.strictObject({
  clinicId,
  file: z
    .string({ error: 'admin:closures.errors.file' })
    .min(1, 'admin:closures.errors.file')
    .refine(file => Buffer.byteLength(file) <= MOST_BYTES, 'admin:closures.errors.fileTooLarge')
})

const day = isoDate('errors:invalid')

/** First and last day, and what for, in one line: `2026-12-25/2026-12-26 Christmas`. */
const closedDays = z
  .string({ error: 'errors:invalid' })
  .transform(typed => {
    const [, from = '', to = from, why = ''] = /^([\d-]+)(?:\/([\d-]+))? (.*)$/s.exec(typed) ?? []
    return { from, to, reason: why }
  })
  .pipe(z.strictObject({ from: day, to: day, reason }))

const listOfDays = many(closedDays).refine(days => days.length <= MOST_DAYS, 'errors:invalid')

/** The days that were found in a file, and those of them that were ticked. */
export const closuresForm = z.strictObject({
  clinicId,
  found: listOfDays,
  days: listOfDays.refine(days => days.length > 0, 'admin:closures.errors.days')
})
