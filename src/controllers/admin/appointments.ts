import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { appointmentSearch, daysInOrder } from '../../forms/admin.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { soughtIn } from '../../forms/patient-search.ts'
import { birthInFull } from '../../forms/typed-date.ts'
import { everyAppointment, listAppointments } from '../../services/appointments/admin-list.ts'
import { daysNamed } from '../../services/appointments/on-days-asked.ts'
import { viewVisitAtDesk } from '../../services/appointments/visit.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply, replyRefused } from '../../views.ts'

const page = 'admin/appointments/index'

/** From today on, unless other days are asked for. */
export async function index(req: Request, res: Response) {
  const query = asked(req)
  const { from, to } = query
  const [listed, clinics, doctors] = await Promise.all([
    submit(daysInOrder, { from, to }, () => listAppointments(req.ctx, { ...query, sought: soughtIn(query.q ?? '') })),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(appointmentSearch, { ...query, when: query.when === 'today' ? '' : query.when })
  if (listed.ok) return reply(req, res, page, { ...listed.result, clinics, doctors, form })

  const none = { appointments: [], total: 0, previous: null, next: null }
  const refused = { ...listed, form: { ...form, problems: listed.form.problems } }
  return replyRefused(req, res, page, refused, { ...none, clinics, doctors })
}

/** Exactly the list, however long, as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const search = asked(req)
  const rows = everyAppointment(ctx, { ...search, sought: soughtIn(search.q ?? '') })
  const days = new Set(await daysNamed(ctx, search))
  const name = ['appointments', ...days].filter(Boolean).join('-')
  const column = (key: string) => `admin:appointments.csv.${key}`
  await replyRows(req, res, name, notingExport(ctx, 'appointments', search, rows), {
    [column('reference')]: row => row.reference,
    [column('date')]: row => row.startsAt.slice(0, 10),
    [column('from')]: row => row.startsAt.slice(11, 16),
    [column('to')]: row => row.endsAt.slice(11, 16),
    [column('timeZone')]: row => row.timeZone,
    [column('patient')]: row => row.patient.name,
    [column('phone')]: row => row.phone,
    [column('doctor')]: row => row.doctor.name,
    [column('clinic')]: row => `${row.clinic.name}, ${row.clinic.city}`,
    [column('room')]: row => row.room,
    [column('status')]: row => t(`common:status.${row.status}`),
    [column('payment')]: row => row.paymentStanding && t(`payments:status.${row.paymentStanding}`),
    [column('method')]: row => row.payment && t(`payments:method.${row.payment.method}`),
    [column('extra')]: row => (row.isExtra ? t('team:slots.extra') : ''),
    [column('bookedAt')]: row => row.bookedAt.slice(0, 16).replace('T', ' ')
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/appointments/show', await viewVisitAtDesk(req.ctx, idOf(req.params)))
}

function asked(req: Request) {
  const query = read(appointmentSearch, birthInFull(req.query, req.ctx))
  return { ...query, when: query.when ?? (query.from || query.to ? 'any' : 'today') } as const
}
