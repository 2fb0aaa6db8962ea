import type { Request, Response } from 'express'
import { choiceQuery, holdForm } from '../../forms/booking.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { timesToChoose } from '../../services/availability/times-to-choose.ts'
import { doctorProfile } from '../../services/clinics/doctors.ts'
import { reply } from '../../views.ts'

const page = 'booking/timeslots/index'

export async function index(req: Request, res: Response) {
  const { chosen, ...query } = read(choiceQuery, req.query)
  if (chosen && query.timeslotId) return res.redirect(303, paths.booking.holds.add({ timeslotId: query.timeslotId }))

  const doctor = await doctorProfile(idOf(req.params))
  const times = await timesToChoose(req.ctx, doctor, query)
  const form = blankForm(holdForm, query)
  if (!chosen) return reply(req, res, page, { doctor, form, ...times })

  const problems = [{ field: 'timeslotId', key: 'booking:errors.timeslotId' }]
  return reply(req, res.status(422), page, { doctor, form: { ...form, problems }, ...times })
}
