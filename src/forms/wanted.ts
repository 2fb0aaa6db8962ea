import { z } from 'zod'
import { BadRequest } from '../errors.ts'
import { ticked } from './fields.ts'

const chosen = z.boolean({ error: 'errors:invalid' }).optional()

/** What somebody of a role wants to be sent: boxes on a page, of which those that are not ticked say no. */
export const wantedForm = (role: string): z.ZodType<Record<string, boolean>> => (role === 'DOCTOR' ? doctors : patients)

/** The same from a program, which may leave out what is to stay. */
export const someWanted = (role: string): z.ZodType<Record<string, boolean>> =>
  role === 'DOCTOR' ? someOfDoctors : someOfPatients

const patients = z.strictObject({ wantsReminders: ticked, wantsTexts: ticked })
const doctors = z.strictObject({ wantsNews: ticked, wantsAgenda: ticked })
const someOfPatients = z.strictObject({ wantsReminders: chosen, wantsTexts: chosen })
const someOfDoctors = z.strictObject({ wantsNews: chosen, wantsAgenda: chosen })

/**
 * Which button was pressed: that of the page, or that of a mail program, which says `List-Unsubscribe=One-Click` as a form
 * or in parts. Throws BadRequest when it was neither.
 */
export function saidToUnsubscribe(body: unknown) {
  const said = Buffer.isBuffer(body) ? body.toString('latin1') : ''
  if (/(^|&)page=yes(&|$)/.test(said)) return 'page'
  if (/List-Unsubscribe[\s\S]{1,200}One-Click/i.test(said)) return 'mail'
  throw new BadRequest()
}
