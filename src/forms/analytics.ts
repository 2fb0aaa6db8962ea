import { z } from 'zod'
import { id, isoDate, optional } from './fields.ts'

/** What a report is about, as it stands in its address. Days typed come before a period chosen. */
export const reportQuery = z.strictObject({
  period: optional(z.enum(['7', '30', '90', 'month', 'last-month', 'year'])),
  from: optional(isoDate()),
  to: optional(isoDate()),
  clinicId: optional(id),
  doctorId: optional(id)
})
