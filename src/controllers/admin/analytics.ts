import type { Request, Response } from 'express'
import { replyCsv } from '../../csv.ts'
import { reportQuery } from '../../forms/analytics.ts'
import { blankForm, read } from '../../forms/form.ts'
import { may } from '../../permissions.ts'
import { everyHour } from '../../services/analytics/every-hour.ts'
import { report } from '../../services/analytics/queries.ts'
import { reportFile } from '../../services/analytics/report-file.ts'
import { systemNumbers } from '../../services/analytics/system.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply } from '../../views.ts'

const columns = [
  ...(['day', 'hour', 'clinic', 'city', 'doctor', 'booked', 'completed', 'cancelled', 'late', 'rejected'] as const),
  ...(['missed', 'offeredMinutes', 'visitMinutes', 'leadMinutes', 'fees', 'currency'] as const)
]

export async function show(req: Request, res: Response) {
  const query = read(reportQuery, req.query)
  const [found, clinics, doctors, system] = await Promise.all([
    report(req.ctx, query),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx),
    may(req.ctx.actor, 'system.read') ? systemNumbers(req.ctx) : null
  ])
  const form = blankForm(reportQuery, query)
  await reply(req, res, 'admin/analytics/show', { ...found, clinics, doctors, system, form })
}

/** The numbers hour by hour, one row for each doctor at a clinic. */
export async function csv(req: Request, res: Response) {
  const rows = await everyHour(req.ctx, read(reportQuery, req.query))
  await replyCsv(
    res,
    'analytics',
    columns.map(column => req.t(`admin:analytics.csv.${column}`)),
    lines()
  )

  async function* lines() {
    for await (const { clinic, ...row } of rows)
      yield [
        ...[row.day, row.hour, clinic.name, clinic.city, row.doctor, row.booked, row.completed, row.cancelled],
        ...[row.cancelledLate, row.rejected, row.missed, row.offeredMinutes, row.visitMinutes, row.leadMinutes],
        ...[row.fees, clinic.currency]
      ]
  }
}

export async function pdf(req: Request, res: Response) {
  const file = await reportFile(req.ctx, read(reportQuery, req.query))
  res.set('Content-Disposition', 'inline; filename="analytics.pdf"').set('Cache-Control', 'no-store')
  res.type('application/pdf').send(file)
}
