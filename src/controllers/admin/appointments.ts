import type { Request, Response } from 'express'
import { replyCsv } from '../../csv.ts'
import { appointmentSearch } from '../../forms/admin.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { everyAppointment, listAppointments } from '../../services/appointments/admin-list.ts'
import { viewVisitAtDesk } from '../../services/appointments/visit.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { reply } from '../../views.ts'

/** From today on, unless other days are asked for. */
export async function index(req: Request, res: Response) {
  const query = asked(req)
  const [found, clinics, doctors] = await Promise.all([
    listAppointments(req.ctx, query),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : []),
    doctorChoices(req.ctx)
  ])
  const form = blankForm(appointmentSearch, { ...query, when: query.when === 'today' ? '' : query.when })
  await reply(req, res, 'admin/appointments/index', { ...found, clinics, doctors, form })
}

/** Exactly the list, however long, as a table for a spreadsheet. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const columns = [
    'reference',
    'date',
    'from',
    'to',
    'timeZone',
    'patient',
    'doctor',
    'clinic',
    'room',
    'status',
    'extra',
    'bookedAt'
  ]
  await replyCsv(
    res,
    'appointments',
    columns.map(column => t(`admin:appointments.csv.${column}`)),
    lines()
  )

  async function* lines() {
    const search = asked(req)
    for await (const each of notingExport(ctx, 'appointments', search, everyAppointment(ctx, search))) {
      const { reference, startsAt, endsAt, timeZone, patient, doctor, clinic, room, status, isExtra, bookedAt } = each
      const times = [startsAt.slice(0, 10), startsAt.slice(11, 16), endsAt.slice(11, 16), timeZone]
      const words = [patient.name, doctor.name, `${clinic.name}, ${clinic.city}`, room]
      const state = [t(`common:status.${status}`), isExtra ? t('team:slots.extra') : '']
      yield [reference, ...times, ...words, ...state, bookedAt.slice(0, 16).replace('T', ' ')]
    }
  }
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/appointments/show', await viewVisitAtDesk(req.ctx, idOf(req.params)))
}

function asked(req: Request) {
  const query = read(appointmentSearch, req.query)
  return { ...query, when: query.when ?? (query.from || query.to ? 'any' : 'today') } as const
}
