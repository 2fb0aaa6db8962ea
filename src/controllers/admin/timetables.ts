import type { Request, Response } from 'express'
import { blankForm, read } from '../../forms/form.ts'
import { timetableQuery } from '../../forms/timetable.ts'
import { clinicDay, doctorWeekTimetable } from '../../services/appointments/timetable.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply } from '../../views.ts'

/** A clinic's day with all its doctors; of a doctor who is named, the week. */
export async function show(req: Request, res: Response) {
  const { doctorId, ...query } = read(timetableQuery, req.query)
  return doctorId ? week(req, res, doctorId, query.date) : day(req, res, query)
}

async function day(req: Request, res: Response, query: { clinicId?: string; date?: string }) {
  const [timetable, clinics] = await Promise.all([
    clinicDay(req.ctx, query),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  ])
  if (!timetable) return reply(req, res, 'admin/timetable/none', { clinic: null, columns: [] })

  const form = blankForm(timetableQuery, { clinicId: timetable.clinic.id, date: timetable.date })
  return reply(req, res, 'admin/timetable/day', { ...timetable, clinics, form })
}

async function week(req: Request, res: Response, doctorId: string, date?: string) {
  const [timetable, doctors] = await Promise.all([
    doctorWeekTimetable(req.ctx, { doctorId, date }),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(timetableQuery, { doctorId, date: timetable.date })
  return reply(req, res, 'admin/timetable/week', { ...timetable, doctors, form })
}
