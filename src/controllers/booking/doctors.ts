import type { Request, Response } from 'express'
import { doctorSearch } from '../../forms/booking.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { daysOf } from '../../services/availability/queries.ts'
import { doctorProfile, searchDoctors, supply } from '../../services/clinics/doctors.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const search = read(doctorSearch, req.query)
  const [found, offer] = await Promise.all([searchDoctors(req.ctx, search), supply()])
  const form = blankForm(doctorSearch, { ...search })
  await reply(req, res, 'booking/doctors/index', { ...found, search, form, languages: offer.languages })
}

export async function show(req: Request, res: Response) {
  const doctor = await doctorProfile(idOf(req.params))
  const days = await daysOf(req.ctx, doctor.id)
  await reply(req, res, 'booking/doctors/show', { doctor, days })
}
