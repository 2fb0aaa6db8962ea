import type { Request, Response } from 'express'
import { pageQuery } from '../../forms/booking.ts'
import { idOf, read } from '../../forms/form.ts'
import { closedDays } from '../../services/clinics/closure-queries.ts'
import { searchDoctors } from '../../services/clinics/doctors.ts'
import { clinicProfile, openClinics } from '../../services/clinics/queries.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  await reply(req, res, 'booking/clinics/index', { clinics: await openClinics(req.ctx) })
}

export async function show(req: Request, res: Response) {
  const clinicId = idOf(req.params)
  const { page: number } = read(pageQuery, req.query)
  const profile = await clinicProfile(req.ctx, clinicId)
  const [closed, found] = await Promise.all([
    closedDays(req.ctx, clinicId),
    searchDoctors(req.ctx, { clinicId, page: number })
  ])
  const clinic = { ...profile, closedDays: closed }
  await reply(req, res, 'booking/clinics/show', { clinic, number, ...found })
}
