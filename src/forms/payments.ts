import { z } from 'zod'
import { DeskMethod, PaymentMethod } from '../generated/enums.ts'
import { cancellationForm } from './doctor.ts'
import { id, isoDate, optional, optionalText, place, q, sortedBy, text } from './fields.ts'

/** What the front desk types about money. */

/** How a payment stands, as lists are narrowed by it. */
export const standing = z.enum(['SUCCESS', 'PENDING', 'FAILED', 'REFUNDED', 'REFUND_DUE', 'NOT_DUE'])

export const paymentSearch = z.strictObject({
  q,
  clinicId: optional(id),
  doctorId: optional(id),
  status: optional(standing),
  method: optional(z.enum(PaymentMethod)),
  tries: optional(z.literal('all')),
  from: optional(isoDate()),
  to: optional(isoDate()),
  sort: sortedBy('createdAt'),
  ...place
})

export const takingsQuery = z.strictObject({ clinicId: optional(id), date: optional(isoDate()) })

/** The page that the front desk may come back to. */
export const moneyBackQuery = z.strictObject({
  from: optional(z.enum(['today', 'conflicts', 'timetable', 'week', 'visit', 'takings']))
})

export const collectionForm = z.strictObject({
  paidWith: z.enum(DeskMethod, { error: 'payments:collect.missing' }),
  note: optionalText(200)
})

/** Kept beside the payment, for the clinic. */
export const waiverForm = z.strictObject({ reason: text('payments:waive.missing', 200) })

export const refundForm = z.strictObject({ reason: text('payments:refund.missing', 500) })

/**
 * To cancel, and to say what becomes of the money. A page that asks says so with `asks`, so that a box which is not
 * ticked is told from one that was not there: then the money goes back.
 */
export const deskCancellationForm = cancellationForm
  .extend({ refund: optional(z.enum(['yes', 'no'])), asks: optional(z.literal('refund')) })
  .transform(({ refund, asks, ...rest }) => ({
    ...rest,
    keepFee: refund === 'no' || (asks === 'refund' && refund !== 'yes')
  }))

/** What was promised back when the visit was called off. */
export const handBackForm = z.strictObject({ reason: optionalText(500) })
