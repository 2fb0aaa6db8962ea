import { z } from 'zod'
import { id, inUse, many, optional, optionalText, page, q, sortedBy, text, ticked } from './fields.ts'

/** What is set up once: the rooms of clinics, the fields of medicine, what people come with. */

export const roomSearch = z.strictObject({
  q,
  clinicId: optional(id),
  state: inUse,
  sort: sortedBy('clinic', 'name'),
  page
})

/** The clinic a new room may be meant for. */
export const roomQuery = z.strictObject({ clinicId: optional(id) })

export const roomForm = z.strictObject({ name: text('admin:errors.roomName', 60) })

/** In the order of the page. A room never moves to another clinic. */
export const newRoomForm = z.strictObject({
  clinicId: z.uuid({ error: 'admin:errors.roomClinic' }),
  ...roomForm.shape
})

export const specializationSearch = z.strictObject({
  q,
  state: inUse,
  sort: sortedBy('name', 'doctors', 'symptoms'),
  page
})

export const specializationForm = z.strictObject({ name: text('admin:errors.specializationName', 80) })

export const symptomSearch = z.strictObject({
  q,
  specializationId: optional(id),
  urgency: optional(z.enum(['emergency', 'other'])),
  state: inUse,
  sort: sortedBy('name', 'isEmergency'),
  page
})

export const symptomForm = z.strictObject({
  name: text('admin:errors.symptomName', 80),
  advice: optionalText(500),
  isEmergency: ticked,
  specializationIds: many(id)
})
