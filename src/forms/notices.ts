import { z } from 'zod'
import { id, page } from './fields.ts'

export const noticesQuery = z.strictObject({ page })

/** All, or those up to the newest that a page showed. */
export const readingsForm = z.strictObject({ upTo: id.optional() })
