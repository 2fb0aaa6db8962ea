import type { Request, Response } from 'express'
import { symptomForm, symptomQuery } from '../../forms/booking.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { findBySymptoms, symptomChoices } from '../../services/clinics/symptoms.ts'
import { reply, replyRefused } from '../../views.ts'

const page = 'booking/symptoms/index'
const nothing = { chosen: [], specializations: [] }

/** The list of symptoms and, once some are chosen, who sees people with them. */
export async function index(req: Request, res: Response) {
  const { symptomIds, find } = read(symptomQuery, req.query)
  const symptoms = await symptomChoices()
  const known = symptomIds.filter(id => symptoms.some(symptom => symptom.id === id))
  const form = blankForm(symptomForm, { symptomIds: known })
  if (!find && known.length === 0) return reply(req, res, page, { symptoms, ...nothing, form })

  const found = await submit(symptomForm, { symptomIds: known }, chosen => findBySymptoms(req.ctx, chosen.symptomIds))
  if (!found.ok) return replyRefused(req, res, page, found, { symptoms, ...nothing })

  return reply(req, res, page, { symptoms, ...found.result, form })
}
