import type { Request, Response } from 'express'
import { clinicForm, clinicSearch } from '../../forms/admin.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { type ClinicRecord, clinicFor, listClinics } from '../../services/clinics/admin-queries.ts'
import { changeClinic } from '../../services/clinics/change-clinic.ts'
import { openClinic } from '../../services/clinics/open-clinic.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { clinicChoices } from './clinic-choices.ts'

const { clinics } = paths.admin
const usual = { bookingWindowDays: 30, minimumNoticeMinutes: 60, cancellationNoticeMinutes: 720 }

export async function index(req: Request, res: Response) {
  const query = read(clinicSearch, req.query)
  const form = blankForm(clinicSearch, { ...query })
  await reply(req, res, 'admin/clinics/index', { ...(await listClinics(req.ctx, query)), form })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/clinics/show', { clinic: await clinicOf(req) })
}

export async function add(req: Request, res: Response) {
  const form = blankForm(clinicForm, usual)
  await reply(req, res, 'admin/clinics/add', { form, choices: clinicChoices(req, form) })
}

export async function create(req: Request, res: Response) {
  const opened = await submit(clinicForm, req.body, details => openClinic(req.ctx, details))
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
  const { name, address, city, postcode, country, phone, email, timeZone, currency, rooms, ...rest } = clinic
  const { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes } = rest
  const rules = { bookingWindowDays, minimumNoticeMinutes, cancellationNoticeMinutes }
  const words = { name, address, city, postcode: postcode ?? '', country, phone, email, timeZone, currency }
  return { ...words, ...rules, rooms: rooms.map(room => room.name).join('\n') }
}
