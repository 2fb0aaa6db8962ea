import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
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
  await replyRows(req, res, 'analytics', rows, {
    'admin:analytics.csv.day': row => row.day,
    'admin:analytics.csv.hour': row => row.hour,
    'admin:analytics.csv.clinic': ({ clinic }) => clinic.name,
    'admin:analytics.csv.city': ({ clinic }) => clinic.city,
    'admin:analytics.csv.doctor': row => row.doctor,
    'admin:analytics.csv.booked': row => row.booked,
    'admin:analytics.csv.completed': row => row.completed,
    'admin:analytics.csv.cancelled': row => row.cancelled,
    'admin:analytics.csv.late': row => row.cancelledLate,
    'admin:analytics.csv.rejected': row => row.rejected,
    'admin:analytics.csv.missed': row => row.missed,
    'admin:analytics.csv.offeredMinutes': row => row.offeredMinutes,
    'admin:analytics.csv.visitMinutes': row => row.visitMinutes,
    'admin:analytics.csv.leadMinutes': row => row.leadMinutes,
    'admin:analytics.csv.fees': row => row.fees,
    'admin:analytics.csv.received': row => row.received,
    'admin:analytics.csv.refunded': row => row.refunded,
    'admin:analytics.csv.revenue': row => row.revenue,
    'admin:analytics.csv.currency': ({ clinic }) => clinic.currency
  })
}

export async function pdf(req: Request, res: Response) {
  const file = await reportFile(req.ctx, read(reportQuery, req.query))
  res.set('Content-Disposition', 'inline; filename="analytics.pdf"').set('Cache-Control', 'no-store')
  res.type('application/pdf').send(file)
}
