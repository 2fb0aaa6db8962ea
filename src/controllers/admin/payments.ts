import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { daysInOrder } from '../../forms/admin.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { soughtIn } from '../../forms/patient-search.ts'
import { paymentSearch } from '../../forms/payments.ts'
import { birthInFull } from '../../forms/typed-date.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { everyPayment, listPayments } from '../../services/payments/admin-list.ts'
import { paymentAtDesk } from '../../services/payments/at-desk.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply, replyRefused } from '../../views.ts'

const page = 'admin/payments/index'

export async function index(req: Request, res: Response) {
  const query = asked(req)
  const { sought, ...typed } = query
  const { from, to } = query
  const [listed, clinics, doctors] = await Promise.all([
    submit(daysInOrder, { from, to }, () => listPayments(req.ctx, query)),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(paymentSearch, typed)
  if (listed.ok) return reply(req, res, page, { ...listed.result, clinics, doctors, form })

  const none = { payments: [], total: 0, previous: null, next: null }
  const refused = { ...listed, form: { ...form, problems: listed.form.problems } }
  return replyRefused(req, res, page, refused, { ...none, clinics, doctors })
}

/** Exactly the list, however long, as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const search = asked(req)
  const column = (key: string) => `payments:csv.${key}`
  const onPaper = (at: string | null) => at?.slice(0, 16).replace('T', ' ')
  await replyRows(req, res, 'payments', notingExport(ctx, 'payments', search, everyPayment(ctx, search)), {
    [column('reference')]: row => row.reference,
    [column('startedAt')]: row => onPaper(row.startedAt),
    [column('paidAt')]: row => onPaper(row.paidAt),
    [column('refundedAt')]: row => onPaper(row.refundedAt),
    [column('timeZone')]: row => row.timeZone,
    [column('appointment')]: row => row.appointment.reference,
    [column('patient')]: row => row.patient.name,
    [column('doctor')]: row => row.doctor.name,
    [column('clinic')]: row => `${row.clinic.name}, ${row.clinic.city}`,
    [column('method')]: row => t(`payments:method.${row.method}`),
    [column('paidWith')]: row => row.paidWith && t(`payments:paidWith.${row.paidWith}`),
    [column('status')]: row => t(`payments:status.${row.standing}`),
    [column('amount')]: row => row.units.asked,
    [column('received')]: row => row.units.received,
    [column('refunded')]: row => row.units.refunded,
    [column('currency')]: row => row.amount.currency,
    [column('transactionId')]: row => row.transactionId
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/payments/show', await paymentAtDesk(req.ctx, idOf(req.params)))
}

function asked(req: Request) {
  const query = read(paymentSearch, birthInFull(req.query, req.ctx))
  return { ...query, ...(query.q && { sought: soughtIn(query.q) }) }
}
