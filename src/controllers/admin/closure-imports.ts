import type { Request, Response } from 'express'
import { closureQuery, fileForm } from '../../forms/closures.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { daysInFile } from '../../services/clinics/days-in-file.ts'
import { reply, replyRefused } from '../../views.ts'
import { importPage, replyFound } from './closure-pages.ts'

export async function add(req: Request, res: Response) {
  const clinics = await clinicChoices(req.ctx)
  const { clinicId = clinics.length === 1 ? clinics[0]?.id : undefined } = read(closureQuery, req.query)
  await reply(req, res, importPage, { clinics, form: blankForm(fileForm, { clinicId }) })
}

/** What was found in the file, to choose from. Nothing is saved, and the file is not kept. */
export async function create(req: Request, res: Response) {
  const found = await submit(fileForm, req.body, async wish => ({
    clinicId: wish.clinicId,
    ...(await daysInFile(req.ctx, wish))
  }))
  if (!found.ok) return replyRefused(req, res, importPage, found, { clinics: await clinicChoices(req.ctx) })

  const { clinicId, days, left } = found.result
  const named = days.map(({ name, ...each }) => ({ ...each, reason: name || req.t('admin:closures.import.unnamed') }))
  return replyFound(req, res, { clinicId, days: named, left })
}
