import type { Request, Response } from 'express'
import { doctorForm, doctorSearch, newDoctorForm, OTHER } from '../../forms/admin.ts'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { changeDoctor } from '../../services/people/change-doctor.ts'
import { type DoctorRecord, doctorFor, listDoctors, specializations } from '../../services/people/doctor-queries.ts'
import { toMajor } from '../../services/people/fee.ts'
import { hireDoctor } from '../../services/people/hire-doctor.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { replyInvited } from './invited.ts'

const { doctors } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(doctorSearch, req.query)
  const chosen = query.clinicId ? [query.clinicId] : []
  const field = query.specializationId ? [query.specializationId] : []
  const [found, clinics, fields] = await Promise.all([
    listDoctors(req.ctx, query),
    clinicChoices(req.ctx, chosen),
    specializations(field)
  ])
  const form = blankForm(doctorSearch, { ...query })
  await reply(req, res, 'admin/doctors/index', { ...found, clinics, specializations: fields, form })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/doctors/show', { doctor: await doctorOf(req), form: blankForm(nothing) })
}

export async function add(req: Request, res: Response) {
  const { clinicId } = read(doctorSearch, req.query)
  const form = blankForm(newDoctorForm, { clinicIds: clinicId ? [clinicId] : [] })
  await reply(req, res, 'admin/doctors/add', { ...(await choices(req)), form })
}

export async function create(req: Request, res: Response) {
  const hired = await submit(newDoctorForm, req.body, details => hireDoctor(req.ctx, details))
  if (!hired.ok) return replyRefused(req, res, 'admin/doctors/add', hired, await choices(req))

  const { id, code } = hired.result
  const doctor = await doctorFor(req.ctx, id)
  const next = paths.admin.workingHours.index({ doctorId: id })
  return replyInvited(req, res, { to: doctors.show(id), next, data: { doctor }, person: doctor, code })
}

export async function edit(req: Request, res: Response) {
  const doctor = await doctorOf(req)
  const form = blankForm(doctorForm, typed(doctor))
  await reply(req, res, 'admin/doctors/edit', { doctor, ...(await choices(req, doctor)), form })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const before = await doctorOf(req)
  const body = req.method === 'PATCH' ? { ...typed(before), ...req.body } : req.body
  const changed = await submit(doctorForm, body, details => changeDoctor(req.ctx, before.id, details))
  if (!changed.ok) {
    const data = { doctor: before, ...(await choices(req, before)) }
    return replyRefused(req, res, 'admin/doctors/edit', changed, data)
  }
  const data = { doctor: await doctorOf(req) }
  return replyDone(req, res, { to: doctors.show(before.id), data, flash: 'admin:flash.saved' })
}

const doctorOf = (req: Request) => doctorFor(req.ctx, idOf(req.params))

async function choices(req: Request, doctor?: DoctorRecord) {
  const clinicIds = doctor?.clinics.map(({ id }) => id)
  const present = doctor ? [doctor.specializationId] : []
  const [clinics, known] = await Promise.all([clinicChoices(req.ctx, clinicIds), specializations(present)])
  return { clinics, specializations: [...known.map(({ name }) => name), OTHER] }
}

/** What somebody would have typed to have this doctor. */
function typed({ name, phone, specialization, licenceNumber, yearsOfExperience, biography, ...doctor }: DoctorRecord) {
  const words = { name, phone: phone ?? '', specialization, licenceNumber, yearsOfExperience, biography }
  const { fee, languages, clinics } = doctor
  return {
    ...words,
    languages: languages.join(', '),
    fee: toMajor(fee.amountMinor, fee.currency),
    clinicIds: clinics.map(({ id }) => id)
  }
}
