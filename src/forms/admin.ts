import { z } from 'zod'
import { AppointmentStatus } from '../generated/enums.ts'
import { personName } from './auth.ts'
import { countries } from './countries.ts'
import {
  clock,
  email,
  id,
  inUse,
  isoDate,
  many,
  optional,
  optionalText,
  page,
  phone,
  place,
  q,
  sortedBy,
  text,
  wholeNumber
} from './fields.ts'
import { standing } from './payments.ts'
import { zoneName } from './time-zones.ts'

const YEAR = 366 * 24 * 60
const MOST_ROOMS = 100

export const clinicSearch = z.strictObject({ q, state: inUse, sort: sortedBy('name', 'city'), page })

export const doctorSearch = z.strictObject({
  q,
  clinicId: optional(id),
  specializationId: optional(id),
  state: inUse,
  sort: sortedBy('name', 'specialization', 'licenceNumber'),
  page
})

export const appointmentSearch = z.strictObject({
  q,
  clinicId: optional(id),
  doctorId: optional(id),
  status: optional(z.enum(AppointmentStatus)),
  payment: optional(standing),
  when: optional(z.enum(['day', 'coming', 'any'])),
  from: optional(isoDate()),
  to: optional(isoDate()),
  sort: sortedBy('startsAt', 'createdAt'),
  ...place
})

export const daysInOrder = z
  .object({ from: z.string().optional(), to: z.string().optional() })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], error: 'admin:errors.daysInOrder' })

/** The choice that means: in no room. */
export const NO_ROOM = 'NONE'

const ofNoRoom = (typed: unknown) => (typed === NO_ROOM ? null : typed)

export const visitRoomForm = z.strictObject({
  roomId: z
    .string('admin:errors.room')
    .transform(ofNoRoom)
    .pipe(z.uuid({ error: 'admin:errors.room' }).nullable())
})

export const roomUsageQuery = z.strictObject({ clinicId: optional(id), date: optional(isoDate()) })

/** A time that somebody wonders about. */
export const offerForm = z.strictObject({
  doctorId: z.uuid({ error: 'admin:errors.offerDoctor' }),
  clinicId: optional(id),
  date: isoDate('admin:errors.offerDate'),
  time: clock('admin:errors.offerTime'),
  reference: optionalText(20)
})

const roomName = text('errors:invalid', 60)

/** One a line, or a JSON array; an empty line is no room, and a name given twice is one room. */
const rooms = z
  .preprocess(
    typed => (typeof typed === 'string' ? typed.split(/\r?\n/).filter(line => line.trim()) : typed),
    z.array(roomName, 'errors:invalid').max(MOST_ROOMS, 'admin:errors.rooms').default([])
  )
  .transform(names => [...new Map(names.map(name => [name.toLowerCase(), name])).values()])

const minutes = (missing: string) => wholeNumber(missing, 0, YEAR)

export const clinicForm = z.strictObject({
  name: text('admin:errors.clinicName', 120),
  address: text('admin:errors.address', 200),
  city: text('admin:errors.city', 100),
  postcode: optionalText(20),
  country: z.enum(countries, { error: 'admin:errors.country' }),
  phone,
  email,
  timeZone: zoneName,
  currency: z.enum(Intl.supportedValuesOf('currency'), { error: 'admin:errors.currency' }),
  bookingWindowDays: wholeNumber('admin:errors.bookingWindow', 1, 365),
  minimumNoticeMinutes: minutes('admin:errors.notice'),
  cancellationNoticeMinutes: minutes('admin:errors.notice')
})

/** A clinic opens with its rooms; later each has a page of its own. */
export const newClinicForm = clinicForm.extend({ rooms })

/** The choice that means: none of these, see the field below. */
export const OTHER = 'OTHER'

const languages = z
  .preprocess(
    typed => (typeof typed === 'string' ? typed.split(',').filter(word => word.trim()) : typed),
    z.array(text('errors:invalid', 50), 'errors:invalid').max(20, 'admin:errors.languages').default([])
  )
  .transform(words => [...new Map(words.map(word => [word.toLowerCase(), word])).values()])

const always = { when: () => true }

/**
 * The fee as typed in the currency's major unit, or as `feeMinor` from a program; the latter counts if both are there.
 */
const doctorFields = z.strictObject({
  name: personName,
  phone: optional(phone),
  specialization: text('admin:errors.specialization', 80),
  otherSpecialization: optionalText(80),
  licenceNumber: text('admin:errors.licence', 50),
  yearsOfExperience: wholeNumber('admin:errors.years', 0, 80),
  biography: optionalText(2000),
  languages,
  fee: optional(
    z
      .string('errors:invalid')
      .trim()
      .regex(/^\d{1,7}([.,]\d{1,4})?$/, 'admin:errors.fee.invalid')
  ),
  feeMinor: optional(wholeNumber('admin:errors.fee.missing', 0, 999_999_999)),
  clinicIds: many(id).refine(chosen => chosen.length > 0, 'admin:errors.clinics')
})

const whole = <T extends z.ZodType<Partial<z.output<typeof doctorFields>>>>(schema: T) =>
  schema
    .refine(({ fee, feeMinor }) => fee !== undefined || feeMinor !== undefined, {
      path: ['fee'],
      error: 'admin:errors.fee.missing',
      ...always
    })
    .refine(({ specialization, otherSpecialization }) => specialization !== OTHER || otherSpecialization, {
      path: ['otherSpecialization'],
      error: 'admin:errors.otherSpecialization',
      ...always
    })
    .refine(({ specialization, otherSpecialization }) => specialization === OTHER || !otherSpecialization, {
      path: ['otherSpecialization'],
      error: 'admin:errors.oneSpecialization'
    })

export const doctorForm = whole(doctorFields)

const { name, ...otherDoctorFields } = doctorFields.shape

/** In the order of the page: problems are listed in this order. */
export const newDoctorForm = whole(z.strictObject({ name, email, ...otherDoctorFields }))

/** What doctors say of themselves; the rest is for admins to change. */
export const profileForm = doctorFields.pick({
  name: true,
  phone: true,
  biography: true,
  languages: true,
  yearsOfExperience: true
})
