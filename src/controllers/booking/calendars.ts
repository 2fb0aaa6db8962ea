import type { Request, Response } from 'express'
import { idOf } from '../../forms/form.ts'
import { calendarFile } from '../../services/appointments/calendar-file.ts'
import { appointmentFor, view } from '../../services/appointments/queries.ts'

export async function show(req: Request, res: Response) {
  const row = await appointmentFor(req.ctx, idOf(req.params))
  const file = calendarFile(req.ctx, view(req.ctx, row), row.sequence)
  res.type('text/calendar; charset=utf-8').attachment(`${row.reference}.ics`).send(file)
}
