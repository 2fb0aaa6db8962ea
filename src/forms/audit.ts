import { z } from 'zod'
import { id, isoDate, optional, optionalText, place, q, sortedBy } from './fields.ts'

/** A word of the log: `appointment`, `appointment.checked-in`. */
const word = z.string().regex(/^[a-z-]+(\.[a-z-]+)?$/)

export const auditSearch = z.strictObject({
  q,
  who: optionalText(100),
  event: optional(word),
  subjectType: optional(word),
  clinicId: optional(id),
  from: optional(isoDate()),
  to: optional(isoDate()),
  sort: sortedBy('at'),
  ...place
})

/** Where a page of what happened begins or ends. */
export const placeQuery = z.strictObject(place)

/** What is written down is counted. */
export const eventNumber = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .transform(BigInt)
