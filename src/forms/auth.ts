import { z } from 'zod'
import { Role } from '../generated/enums.ts'
import { email, optional, phone, text } from './fields.ts'

const MOST_BYTES = 1024

/** One line: a name ends up in the header of an e-mail. */
export const personName = text('errors:name.missing', 120).refine(value => !/\p{Cc}/u.test(value), 'errors:characters')

/** As typed, spaces included. Whether it is a good one is not for a form to say. */
const password = (missing = 'errors:password.missing') =>
  z
    .string({ error: missing })
    .min(1, missing)
    .refine(value => Buffer.byteLength(value) <= MOST_BYTES, 'errors:password.tooLong')

/** A page of ours. `//elsewhere`, `/\elsewhere` and what browsers silently take out of an address are not. */
const localPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u)

const next = localPath.optional().catch(undefined)

/** Where somebody wanted to go before signing in: a page of ours, or undefined for anything else. */
export const nextOf = (value: unknown) => next.parse(value)

const code = text('errors:invitation.missing', 80)

export const loginQuery = z.strictObject({ next })

export const registerQuery = z.strictObject({ next, invitation: optional(code).catch(undefined) })

export const loginForm = z.strictObject({ email, password: password(), next })

export const registerForm = z.strictObject({
  name: personName,
  email,
  phone: optional(phone),
  password: password('errors:password.choose'),
  role: z.enum(Role, { error: 'errors:role.unknown' }).optional(),
  invitation: optional(code),
  next
})

const { invitation: _, ...registration } = registerForm.shape

/** In the order of the page, where the code comes first: problems are listed in this order. */
export const invitationForm = z.strictObject({ invitation: code, ...registration, email: optional(email) })

export const accountForm = z.strictObject({ name: personName, phone: optional(phone) })

export const resetQuery = z.strictObject({ code: optional(code).catch(undefined) })

export const resetForm = z.strictObject({ code, password: password('errors:password.choose') })

/** The code of a link that was mailed to show whose an address is. */
export const confirmationForm = z.strictObject({ code })

export const forgottenForm = z.strictObject({ email })

export const emailForm = z.strictObject({ email, current: password('errors:password.current') })

/** What makes a calendar address: whoever sends the same form again means the same address. */
export const feedForm = z.strictObject({ key: optional(text('errors:invalid', 80)) })

/** What has just been asked for on this page. */
export const sentQuery = z.strictObject({ sent: z.literal('yes').optional().catch(undefined) })

/** The same, and by which door somebody came. */
export const forgottenQuery = sentQuery.extend({ door: z.literal('team').optional().catch(undefined) })

/** Where to go on after signing out. */
export const logoutForm = z.strictObject({ next })

export const passwordForm = z.strictObject({
  current: password('errors:password.current'),
  password: password('errors:password.choose')
})
