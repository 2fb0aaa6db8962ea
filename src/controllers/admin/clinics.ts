import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { clinicForm, clinicSearch, newClinicForm } from '../../forms/admin.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { type ClinicRecord, clinicFor, everyClinic, listClinics } from '../../services/clinics/admin-queries.ts'
import { changeClinic } from '../../services/clinics/change-clinic.ts'
import { openClinic } from '../../services/clinics/open-clinic.ts'
import { settings } from '../../services/settings/settings.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { clinicChoices } from './clinic-choices.ts'

const { clinics } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(clinicSearch, req.query)
  const form = blankForm(clinicSearch, { ...query })
  await reply(req, res, 'admin/clinics/index', { ...(await listClinics(req.ctx, query)), form })
}

export async function csv(req: Request, res: Response) {
  await replyRows(req, res, 'clinics', everyClinic(req.ctx, read(clinicSearch, req.query)), {
    'admin:clinics.name': clinic => clinic.name,
    'admin:clinics.address': clinic => clinic.address,
    'admin:clinics.city': clinic => clinic.city,
    'admin:clinics.postcode': clinic => clinic.postcode,
    'admin:clinics.country': clinic => clinic.country,
    'admin:phone': clinic => clinic.phone,
    'admin:email': clinic => clinic.email,
    'admin:clinics.timeZone': clinic => clinic.timeZone,
    'admin:clinics.currency': clinic => clinic.currency,
    'admin:doctors.title': clinic => clinic.doctorCount,
    'admin:clinics.rooms': clinic => clinic.roomCount,
    'admin:list.state': ({ isActive }) => req.t(`admin:state.${isActive ? 'active' : 'inactive'}`)
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/clinics/show', { clinic: await clinicOf(req) })
}

export async function add(req: Request, res: Response) {
  const { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes } = await settings()
  const form = blankForm(newClinicForm, { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes })
  await reply(req, res, 'admin/clinics/add', { form, choices: clinicChoices(req, form) })
}

export async function create(req: Request, res: Response) {
  const opened = await submit(newClinicForm, req.body, details => openClinic(req.ctx, details))
  if (!opened.ok)
    return replyRefused(req, res, 'admin/clinics/add', opened, { choices: clinicChoices(req, opened.form) })

  const clinic = await clinicFor(req.ctx, opened.result)
  return replyDone(req, res, {
    to: clinics.show(clinic.id),
    data: { clinic },
    status: 201,
    flash: 'admin:flash.clinicOpened'
  })
}

export async function edit(req: Request, res: Response) {
  const clinic = await clinicOf(req)
  const form = blankForm(clinicForm, typed(clinic))
  await reply(req, res, 'admin/clinics/edit', { clinic, form, choices: clinicChoices(req, form) })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const before = await clinicOf(req)
  const body = req.method === 'PATCH' ? { ...typed(before), ...req.body } : req.body
  const changed = await submit(clinicForm, body, details => changeClinic(req.ctx, before.id, details))
  if (!changed.ok) {
    const data = { clinic: before, choices: clinicChoices(req, changed.form) }
    return replyRefused(req, res, 'admin/clinics/edit', changed, data)
  }
  const data = { clinic: await clinicOf(req) }
  return replyDone(req, res, { to: clinics.show(before.id), data, flash: 'admin:flash.saved' })
}

const clinicOf = (req: Request) => clinicFor(req.ctx, idOf(req.params))

/** What somebody would have typed to have this clinic. */
function typed(clinic: ClinicRecord) {
  const { name, address, city, postcode, country, phone, email, timeZone, currency, ...rest } = clinic
  const { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes } = rest
  const rules = { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes }
  const words = { name, address, city, postcode: postcode ?? '', country, phone, email, timeZone, currency }
  return { ...words, ...rules }
}
