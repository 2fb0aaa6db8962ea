import { z } from 'zod'
import { PaymentMethod } from '../generated/enums.ts'
import { id, isoDate, many, optional, optionalText } from './fields.ts'

const page = z.coerce.number().int().min(1).max(1000).default(1)

export const doctorSearch = z.strictObject({
  q: optionalText(100),
  place: optionalText(100),
  language: optionalText(50),
  date: optional(isoDate()),
  page
})

const MOST_SYMPTOMS = 200

const symptomIds = many(id).refine(chosen => chosen.length <= MOST_SYMPTOMS, 'errors:invalid')

/** `find` says that the form was sent, if perhaps with nothing ticked. */
export const symptomQuery = z.strictObject({ symptomIds, find: optional(z.literal('yes')) })

export const symptomForm = z.strictObject({
  symptomIds: symptomIds.refine(chosen => chosen.length > 0, 'booking:errors.symptomIds')
})

export const pageQuery = z.strictObject({ page })

export const timesQuery = z.strictObject({
  date: optional(isoDate()),
  clinicId: optional(id),
  timeslotId: optional(id)
})

/** What the team asks: times to move to, and the page to come back to. */
export const moveQuery = timesQuery.extend({ from: optional(z.enum(['conflicts', 'timetable', 'week'])) })

/** A visitor's choice: without an account there is nothing to post to yet, so it travels in the address. */
export const choiceQuery = timesQuery.extend({ chosen: optional(z.literal('yes')) })

const timeslotId = z.uuid({ error: 'booking:errors.timeslotId' })

export const holdQuery = z.strictObject({ timeslotId: optional(id) })

/** Where the times were that one of them should have been chosen from. */
export const holdFromQuery = z.strictObject({ doctorId: optional(id), date: optional(isoDate()) })

export const holdForm = z.strictObject({ timeslotId, patientId: optional(id), reason: optionalText(500) })

export const detailsForm = z.strictObject({
  patientId: z.uuid({ error: 'booking:errors.patientId' }),
  reason: optionalText(500)
})

const paymentMethod = z.enum(PaymentMethod, { error: 'booking:errors.paymentMethod' })

export const appointmentForm = z.strictObject({
  doctorId: id,
  timeslotId,
  patientId: optional(id),
  reason: optionalText(500),
  paymentMethod: paymentMethod.default('PAY_AT_CLINIC'),
  feeMinor: optional(z.coerce.number('errors:invalid').int('errors:invalid').min(0, 'errors:invalid')),
  idempotencyKey: optional(z.string().regex(/^[\w-]{8,64}$/, 'errors:invalid'))
})

/** The same from a page, where nobody pays in a way they have not chosen. */
export const checkForm = appointmentForm.extend({ paymentMethod })

const look = z.coerce.number().int().min(0).max(1000).default(0)

export const lookQuery = z.strictObject({ look })

/** The gateway may say more in the address; nobody listens. */
export const returnQuery = z.object({ left: optional(z.literal('yes')), look })

/** `present` is when it was as the page showed it: who has moved meanwhile is not moved on. */
export const rescheduleForm = z.strictObject({
  timeslotId,
  present: optional(z.iso.datetime({ offset: true, error: 'errors:invalid' }))
})

/** Nobody owes a reason for their own visit. */
export const cancellationForm = z.strictObject({ reason: optionalText(500) })

/** Which appointment was cancelled just now, as its link says it. */
export const cancelledQuery = z.strictObject({ of: optionalText(100) })

/** What a program sends to end an appointment; to move it, it sends what the form does. */
export const endForm = z.strictObject({
  status: z.literal('CANCELLED', { error: 'booking:errors.status' }),
  reason: optionalText(500)
})

/** Which picture of a doctor, by its hash. */
export const photoQuery = z.strictObject({ v: optionalText(64) })
