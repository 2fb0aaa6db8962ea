import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { dependentForm, newDependentForm, newDependentQuery, selfForm } from '../../forms/patients.ts'
import { paths } from '../../paths.ts'
import { hasAppointment } from '../../services/appointments/queries.ts'
import { addPatient } from '../../services/people/add-patient.ts'
import { archivePatient } from '../../services/people/archive-patient.ts'
import { changePatient } from '../../services/people/change-patient.ts'
import { patientFor, patientsOf } from '../../services/people/queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const { patients, holds } = paths.booking

export async function index(req: Request, res: Response) {
  return reply(req, res, 'booking/patients/index', { patients: await patientsOf(req.ctx) })
}

export async function add(req: Request, res: Response) {
  const { hold } = read(newDependentQuery, req.query)
  return reply(req, res, 'booking/patients/add', { form: blankForm(newDependentForm, { hold }) })
}

export async function create(req: Request, res: Response) {
  const added = await submit(newDependentForm, req.body, async ({ hold, ...data }) => {
    const id = await addPatient(req.ctx, data)
    return { hold, patient: await patientFor(req.ctx, id) }
  })
  if (!added.ok) return replyRefused(req, res, 'booking/patients/add', added)

  const { hold, patient } = added.result
  const to = hold && (await hasAppointment(req.ctx, hold)) ? holds.edit(hold) : patients.index()
  return replyDone(req, res, { to, data: { patient }, status: 201, flash: 'auth:patients.added' })
}

export async function edit(req: Request, res: Response) {
  const patient = await patientOf(req)
  return reply(req, res, 'booking/patients/edit', { patient, form: blankForm(formFor(patient), { ...patient }) })
}

export async function update(req: Request, res: Response) {
  const patient = await patientOf(req)
  const changed = await submit(formFor(patient), req.body, data => changePatient(req.ctx, patient.id, data))
  if (!changed.ok) return replyRefused(req, res, 'booking/patients/edit', changed, { patient })

  const data = { patient: await patientOf(req) }
  return replyDone(req, res, { to: patients.index(), data, flash: 'auth:patients.saved' })
}

export async function remove(req: Request, res: Response) {
  const patient = await patientOf(req)
  const removed = await submit(nothing, req.body, () => archivePatient(req.ctx, patient.id))
  if (!removed.ok) {
    const form = { ...blankForm(formFor(patient), { ...patient }), problems: removed.form.problems }
    return replyRefused(req, res, 'booking/patients/edit', { ...removed, form }, { patient })
  }
  return replyDone(req, res, { to: patients.index(), flash: 'auth:patients.removed' })
}

const patientOf = (req: Request) => patientFor(req.ctx, idOf(req.params))

const formFor = ({ relation }: { relation: string }) => (relation === 'SELF' ? selfForm : dependentForm)
