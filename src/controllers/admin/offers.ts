import type { Request, Response } from 'express'
import { offerForm } from '../../forms/admin.ts'
import { blankForm, submit } from '../../forms/form.ts'
import { nearestTimes } from '../../services/availability/queries.ts'
import { type Question, whyNotOffered } from '../../services/availability/why-not-offered.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply, replyRefused } from '../../views.ts'

const page = 'admin/offers/show'

/** Why is this time not offered? Without a question, the form to ask it with. */
export async function show(req: Request, res: Response) {
  const [clinics, doctors] = await Promise.all([clinicChoices(req.ctx), doctorChoices(req.ctx)])
  const { doctorId, date, time } = req.query
  if (!doctorId || (!date && !time)) {
    const form = blankForm(offerForm, { ...req.query })
    return reply(req, res, page, { clinics, doctors, form, answer: null, nearest: [] })
  }

  const asked = await submit(offerForm, req.query, question => answer(req, question))
  if (!asked.ok) return replyRefused(req, res, page, asked, { clinics, doctors, answer: null, nearest: [] })

  return reply(req, res, page, { clinics, doctors, form: blankForm(offerForm, { ...req.query }), ...asked.result })
}

/** The answer and, when the time can't be had, the nearest that can. */
async function answer({ ctx }: Request, question: Question) {
  const answer = await whyNotOffered(ctx, question)
  const nearest = answer.isOffered ? [] : await nearestTimes(ctx, question.doctorId, new Date(answer.startsAt))
  return { answer, nearest }
}
