import { z } from 'zod'
import { id, isoDate, optional } from './fields.ts'

/** A clinic's day or, when a doctor is named, that doctor's week. */
export const timetableQuery = z.strictObject({
  clinicId: optional(id),
  doctorId: optional(id),
  date: optional(isoDate())
})
