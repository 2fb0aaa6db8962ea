import type { Request, Response } from 'express'
import { doctorSearch } from '../../forms/booking.ts'
import { blankForm } from '../../forms/form.ts'
import { searchDoctors, supply } from '../../services/clinics/doctors.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const [{ doctors }, offer] = await Promise.all([searchDoctors(req.ctx, { page: 1 }), supply()])
  const soonest = doctors.slice(0, 4)
  await reply(req, res, 'home/index', { soonest, offer, form: blankForm(doctorSearch) })
}
