import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { newPatientForm, newPatientQuery, patientForm, patientSearch } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { birthInFull } from '../../forms/typed-date.ts'
import { paths } from '../../paths.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { addPatientAtDesk, SAME_NAME } from '../../services/people/add-patient-at-desk.ts'
import { correctPatient } from '../../services/people/correct-patient.ts'
import { lookAtPatient, lookUpPatient } from '../../services/people/look-at-patient.ts'
import { everyPatient, listPatients, namesakes, patientSeen } from '../../services/people/patient-queries.ts'
import { reply, replyDone, replyRefused, wantsJson } from '../../views.ts'
import { callIn, page as callPage, conversation } from './call.ts'

const { patients, appointments } = paths.admin

export async function index(req: Request, res: Response) {
  const { sought, ...query } = read(patientSearch, birthInFull(req.query, req.ctx))
  const [found, clinics] = await Promise.all([
    listPatients(req.ctx, { ...query, sought }),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  ])
  await reply(req, res, 'admin/patients/index', { ...found, clinics, form: blankForm(patientSearch, query) })
}

/** Exactly the list, however long. */
export async function csv(req: Request, res: Response) {
  const { ctx } = req
  const { sought, ...query } = read(patientSearch, birthInFull(req.query, req.ctx))
  const rows = notingExport(ctx, 'patients', query, everyPatient(ctx, { ...query, sought }))
  await replyRows(req, res, 'patients', rows, {
    'desk:patients.csv.name': row => row.name,
    'desk:patients.csv.dateOfBirth': row => row.dateOfBirth,
    'desk:patients.csv.phone': row => row.phone,
    'desk:patients.csv.guardian': row => row.guardian?.name,
    'desk:patients.csv.next': row => row.next?.startsAt.slice(0, 16).replace('T', ' '),
    'desk:patients.csv.timeZone': row => row.next?.timeZone
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/patients/show', await lookAtPatient(req.ctx, idOf(req.params)))
}

export async function add(req: Request, res: Response) {
  const form = blankForm(newPatientForm, read(newPatientQuery, req.query))
  await reply(req, res, 'admin/patients/add', { clinics: await clinicChoices(req.ctx), known: [], form })
}

/** From the phone it goes on to the times, or stays with the call. */
export async function create(req: Request, res: Response) {
  const added = await submit(newPatientForm, birthInFull(req.body, req.ctx), async ({ booking, ...patient }) => {
    const id = await addPatientAtDesk(req.ctx, patient)
    return { id, to: booking ? appointments.add({ ...callIn(patient), patientId: id }) : patients.show(id) }
  })
  if (!added.ok) {
    const isKnown = added.form.problems.some(({ key }) => key === SAME_NAME)
    const { name, dateOfBirth } = isKnown ? newPatientForm.parse(added.form.values) : { name: '', dateOfBirth: '' }
    const known = isKnown ? await namesakes(req.ctx, { name, dateOfBirth }) : []
    if (added.form.values.booking !== 'yes')
      return replyRefused(req, res, 'admin/patients/add', added, { clinics: await clinicChoices(req.ctx), known })
    const call = await conversation(req, callIn(added.form.values))
    return replyRefused(req, res, callPage, added, { ...call, known, adding: added.form })
  }

  const { id, to } = added.result
  const data = { patient: await patientSeen(req.ctx, id) }
  return replyDone(req, res, { to, data, status: 201, flash: 'desk:flash.added' })
}

export async function edit(req: Request, res: Response) {
  const patient = await lookUpPatient(req.ctx, idOf(req.params))
  await reply(req, res, 'admin/patients/edit', { patient, form: blankForm(patientForm, { ...patient }) })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const { id, name, phone, dateOfBirth } = await patientSeen(req.ctx, idOf(req.params))
  const known = { name, phone: phone ?? '', dateOfBirth }
  const body = req.method === 'PATCH' ? { ...known, ...req.body } : req.body
  const changed = await submit(patientForm, birthInFull(body, req.ctx), correction =>
    correctPatient(req.ctx, id, correction)
  )
  if (!changed.ok)
    return replyRefused(req, res, 'admin/patients/edit', changed, { patient: await lookUpPatient(req.ctx, id) })

  const data = wantsJson(req) ? { patient: await lookUpPatient(req.ctx, id) } : {}
  return replyDone(req, res, { to: patients.show(id), data, flash: 'desk:flash.saved' })
}
