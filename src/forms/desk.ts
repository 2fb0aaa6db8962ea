import { z } from 'zod'
import { personName } from './auth.ts'
import { clock, id, isoDate, optional, optionalText, phone, place, q, sortedBy, text, wholeNumber } from './fields.ts'
import { soughtIn } from './patient-search.ts'
import { typedDate } from './typed-date.ts'

/** What the front desk types about patients, and on the phone. */

export const patientSearch = z
  .strictObject({ q, clinicId: optional(id), sort: sortedBy('name', 'createdAt'), ...place })
  .transform(query => ({ ...query, sought: soughtIn(query.q ?? '') }))

const dateOfBirth = z.preprocess(
  typed => (typeof typed === 'string' ? (typedDate(typed) ?? typed) : typed),
  isoDate('errors:dateOfBirth.missing')
)

const yes = optional(z.literal('yes'))

const part = optional(z.enum(['morning', 'afternoon', 'evening']))

/** When somebody would like to come, and to whom. */
const wish = { specializationId: optional(id), doctorId: optional(id), date: optional(isoDate()), part }

/**
 * Someone without an account. `booking` says that a time for them is being looked for, perhaps `timeslotId`, else one
 * at `atClinicId` that suits the rest.
 */
export const newPatientForm = z.strictObject({
  name: personName,
  phone,
  dateOfBirth,
  clinicId: optional(id),
  isSomeoneElse: yes,
  booking: yes,
  timeslotId: optional(id),
  atClinicId: optional(id),
  ...wish
})

export const newPatientQuery = z.strictObject({ clinicId: optional(id) })

/** What may be put right. Somebody who has an account may have no phone. */
export const patientForm = z.strictObject({ name: personName, phone: optional(phone), dateOfBirth })

/** Somebody on the phone: who, and when with whom, as far as that is known. */
export const phoneQuery = z
  .strictObject({
    q,
    patientId: optional(id),
    clinicId: optional(id),
    ...wish,
    timeslotId: optional(id)
  })
  .transform(query => ({ ...query, sought: query.q ? soughtIn(query.q) : null }))

const patientId = z.uuid({ error: 'desk:errors.patient' })
const timeslotId = z.uuid({ error: 'booking:errors.timeslotId' })
const idempotencyKey = optional(z.string().regex(/^[\w-]{8,64}$/, 'errors:invalid'))

export const phoneBookingForm = z.strictObject({ timeslotId, patientId, reason: optionalText(500), idempotencyKey })

export const reassignQuery = z.strictObject({
  doctorId: optional(id),
  from: optional(z.enum(['conflicts', 'timetable', 'week']))
})

/** `present` and `presentDoctorId` are when and with whom it was as the page showed it. */
export const reassignForm = z.strictObject({
  timeslotId,
  present: optional(z.iso.datetime({ offset: true, error: 'errors:invalid' })),
  presentDoctorId: optional(id)
})

export const overbookingQuery = z
  .strictObject({
    q,
    patientId: optional(id),
    clinicId: optional(id),
    doctorId: optional(id),
    date: optional(isoDate()),
    time: optionalText(5)
  })
  .transform(query => ({ ...query, sought: query.q ? soughtIn(query.q) : null }))

export const overbookingForm = z.strictObject({
  patientId,
  doctorId: z.uuid({ error: 'admin:errors.offerDoctor' }),
  clinicId: optional(id),
  date: isoDate('admin:errors.offerDate'),
  time: clock('admin:errors.offerTime'),
  minutes: wholeNumber('desk:errors.minutes', 5, 240),
  reason: text('desk:errors.overbookReason', 300),
  idempotencyKey
})
