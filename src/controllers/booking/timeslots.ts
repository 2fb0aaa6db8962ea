import type { Request, Response } from 'express'
import { holdForm, timesQuery } from '../../forms/booking.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { timesToChoose } from '../../services/availability/times-to-choose.ts'
import { doctorProfile } from '../../services/clinics/doctors.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const query = read(timesQuery, req.query)
  const doctor = await doctorProfile(idOf(req.params))
  const times = await timesToChoose(req.ctx, doctor, query)
  await reply(req, res, 'booking/timeslots/index', { doctor, form: blankForm(holdForm, { ...query }), ...times })
}
