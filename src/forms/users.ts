import { z } from 'zod'
import { Role } from '../generated/enums.ts'
import { personName } from './auth.ts'
import { email, id, many, optional, phone, place, q, sortedBy, ticked } from './fields.ts'

export const userSearch = z.strictObject({
  q,
  role: optional(z.enum(Role)),
  state: optional(z.enum(['active', 'invited', 'disabled', 'erased'])),
  clinicId: optional(id),
  sort: sortedBy('name', 'createdAt'),
  ...place
})

const needsClinics = <T extends z.ZodType<{ role?: string; clinicIds?: string[] }>>(schema: T) =>
  schema.refine(({ role, clinicIds }) => role !== 'STAFF' || Boolean(clinicIds?.length), {
    path: ['clinicIds'],
    error: 'admin:errors.staffClinics',
    when: () => true
  })

const person = z.strictObject({ name: personName, phone: optional(phone) })
const clinicIds = many(id)

/** Someone of the front desk, or an administrator. */
export const newMemberForm = needsClinics(
  person.extend({ role: z.enum(['STAFF', 'ADMIN'], { error: 'admin:errors.role' }), clinicIds, email })
)

/** Anybody's account: who may become what is not for a form to say. */
export const userForm = needsClinics(person.extend({ role: z.enum(Role, { error: 'admin:errors.role' }), clinicIds }))

/** Why somebody's data goes: one of a list, so that nobody writes about the person again. */
export const erasureReasons = ['ASKED', 'RETENTION', 'MISTAKE', 'ORDERED'] as const

export const erasureForm = z.strictObject({
  reason: z.enum(erasureReasons, { error: 'admin:errors.erasureReason' }),
  understood: ticked.refine(Boolean, 'admin:errors.understood')
})
