import type { Request, RequestHandler, Response } from 'express'
import type { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { allergiesForm, historyForm } from '../../forms/records.ts'
import { paths } from '../../paths.ts'
import { addHistoryEntry } from '../../services/records/add-history-entry.ts'
import { correctAllergies } from '../../services/records/correct-allergies.ts'
import { patientTreated } from '../../services/records/treating.ts'
import { viewPatient } from '../../services/records/view-patient.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'

const page = 'doctor/patients/show'

/** Both forms of the page in one: each finds its own fields. */
const blank = blankForm(historyForm)

export async function show(req: Request, res: Response) {
  return reply(req, res, page, { ...(await viewPatient(req.ctx, idOf(req.params))), form: blank })
}

export const history = change(historyForm, addHistoryEntry, 201, 'records:flash.history')
export const allergies = change(allergiesForm, correctAllergies, 200, 'records:flash.allergies')

/** One of the two: what it says is written, and the page comes up again, which is another look at it. */
function change<S extends z.ZodType>(
  schema: S,
  write: (ctx: Ctx, id: string, data: z.output<S>) => Promise<object>,
  status: 200 | 201,
  flash: string
): RequestHandler {
  return async (req: Request, res: Response) => {
    const { id } = await patientTreated(req.ctx, idOf(req.params as { id?: string }))
    const written = await submit(schema, req.body, data => write(req.ctx, id, data))
    if (!written.ok) {
      const refused = { ...written, form: { ...written.form, rules: blank.rules } }
      return replyRefused(req, res, page, refused, wantsJson(req) ? {} : await viewPatient(req.ctx, id))
    }
    return replyDone(req, res, { to: paths.doctor.patients.show(id), data: written.result, status, flash })
  }
}
