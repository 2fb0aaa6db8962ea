import type { Request, Response } from 'express'
import { viewQuery } from '../../forms/doctor.ts'
import { read } from '../../forms/form.ts'
import { visitsOfWeek } from '../../services/appointments/week.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const { date, view } = read(viewQuery, req.query)
  await reply(req, res, view ? 'doctor/week/calendar' : 'doctor/week/index', await visitsOfWeek(req.ctx, date))
}
