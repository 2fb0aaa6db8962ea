import type { Request, Response } from 'express'
import { replyCsv } from '../../csv.ts'
import { appointmentSearch } from '../../forms/admin.ts'
import { blankForm, idOf, read } from '../../forms/form.ts'
import { everyAppointment, listAppointments } from '../../services/appointments/admin-list.ts'
import { canChangeRoom } from '../../services/appointments/change-room.ts'
import { appointmentFor, historyOf, view } from '../../services/appointments/queries.ts'
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
    'bookedAt'
  ]
  await replyCsv(
    res,
    'appointments',
    columns.map(column => t(`admin:appointments.csv.${column}`)),
    lines()
  )

  async function* lines() {
    for await (const each of everyAppointment(ctx, asked(req))) {
      const { reference, startsAt, endsAt, timeZone, patient, doctor, clinic, room, status, bookedAt } = each
      const times = [startsAt.slice(0, 10), startsAt.slice(11, 16), endsAt.slice(11, 16), timeZone]
      const words = [patient.name, doctor.name, `${clinic.name}, ${clinic.city}`, room]
      yield [reference, ...times, ...words, t(`common:status.${status}`), bookedAt.slice(0, 16).replace('T', ' ')]
    }
  }
}

export async function show(req: Request, res: Response) {
  const found = await appointmentFor(req.ctx, idOf(req.params))
  const history = await historyOf(req.ctx, found)
  const appointment = { ...view(req.ctx, found), canChangeRoom: canChangeRoom(req.ctx, found) }
  await reply(req, res, 'admin/appointments/show', { appointment, history })
}

function asked(req: Request) {
  const query = read(appointmentSearch, req.query)
  return { ...query, when: query.when ?? (query.from || query.to ? 'any' : 'today') } as const
}
