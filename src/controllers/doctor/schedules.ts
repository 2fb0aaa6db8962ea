import type { Request, Response } from 'express'
import { dayQuery } from '../../forms/doctor.ts'
import { read } from '../../forms/form.ts'
import { doctorDay } from '../../services/appointments/day.ts'
import { reply } from '../../views.ts'

export async function index(req: Request, res: Response) {
  const { date } = read(dayQuery, req.query)
  await reply(req, res, 'doctor/schedule/index', await doctorDay(req.ctx, date))
}
