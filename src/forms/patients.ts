import { z } from 'zod'
import { personName } from './auth.ts'
import { id, optional, threePartDate } from './fields.ts'
import { allergiesForm } from './records.ts'

const dateOfBirth = threePartDate('errors:dateOfBirth.missing')

/** Oneself: name, date of birth and, if they are said, allergies. */
export const selfForm = z.strictObject({ name: personName, dateOfBirth, ...allergiesForm.shape })

/** Someone looked after. */
export const dependentForm = selfForm.extend({
  relation: z.enum(['CHILD', 'PARENT', 'PARTNER', 'OTHER'], { error: 'errors:relation.missing' })
})

/** `hold`: the appointment being booked when it turned out that it is for somebody new. */
export const newDependentForm = dependentForm.extend({ hold: optional(id) })

export const newDependentQuery = z.strictObject({ hold: optional(id).catch(undefined) })
