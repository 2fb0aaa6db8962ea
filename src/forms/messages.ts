import { z } from 'zod'
import { id, isoDate, optional, page, place, q, sortedBy, wholeNumber } from './fields.ts'

/** What the front desk asks of messages, and says of them. */

export const messageSearch = z.strictObject({
  q,
  state: optional(z.enum(['DUE', 'WAITING', 'RETRYING', 'SENT', 'FAILED', 'SEEN_TO', 'CLOSED', 'DROPPED'])),
  channel: optional(z.enum(['EMAIL', 'SMS'])),
  kind: optional(z.enum(['appointment', 'reminder', 'payment', 'doctor', 'account'])),
  clinicId: optional(id),
  from: optional(isoDate()),
  to: optional(isoDate()),
  sort: sortedBy('createdAt', 'sendAfter'),
  ...place
})

export const unreachedQuery = z.strictObject({ page })

/** The page that the front desk came from. */
const from = optional(z.enum(['unreached']))

/** `copies` is how many there were on the page: pressed twice, it is sent once. */
export const resendForm = z.strictObject({ copies: optional(wholeNumber('errors:invalid', 0, 10_000)), from })

export const settlementForm = z.strictObject({ from })
