import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { blankForm, read } from '../../forms/form.ts'
import { takingsQuery } from '../../forms/payments.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { takings } from '../../services/payments/takings.ts'
import { reply } from '../../views.ts'

/** The money of a clinic's day. */
export async function show(req: Request, res: Response) {
  const query = read(takingsQuery, req.query)
  const day = await takings(req.ctx, query)
  if (!day) return reply(req, res, 'admin/takings/none', { clinic: null, ways: [] })

  const clinics = await clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  const form = blankForm(takingsQuery, { clinicId: day.clinic.id, date: day.date })
  return reply(req, res, 'admin/takings/show', { ...day, clinics, form })
}

/** What came in and what went back, one by one. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const query = read(takingsQuery, req.query)
  const day = await takings(ctx, query)
  const name = ['takings', day?.date].filter(Boolean).join('-')
  const column = (key: string) => `payments:csv.${key}`
  await replyRows(req, res, name, notingExport(ctx, 'payments', query, day?.movements ?? []), {
    [column('at')]: row => row.at.slice(0, 16).replace('T', ' '),
    [column('timeZone')]: () => day?.clinic.timeZone,
    [column('clinic')]: () => day && `${day.clinic.name}, ${day.clinic.city}`,
    [column('kind')]: row => t(`payments:takings.kind.${row.kind}`),
    [column('where')]: row => t(`payments:takings.where.${row.isAtDesk ? 'desk' : 'online'}`),
    [column('method')]: row => t(`payments:${row.isAtDesk ? 'paidWith' : 'method'}.${row.way}`),
    [column('received')]: row => (row.kind === 'IN' ? row.majorUnits : ''),
    [column('refunded')]: row => (row.kind === 'BACK' ? row.majorUnits : ''),
    [column('currency')]: row => row.amount.currency,
    [column('reference')]: row => row.payment.reference,
    [column('appointment')]: row => row.appointment.reference,
    [column('patient')]: row => row.patient.name,
    [column('doctor')]: row => row.doctor.name,
    [column('by')]: row => row.by,
    [column('transactionId')]: row => row.payment.transactionId
  })
}
