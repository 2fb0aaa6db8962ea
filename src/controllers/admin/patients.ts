import type { Request, Response } from 'express'
import { replyCsv } from '../../csv.ts'
import { newPatientForm, newPatientQuery, patientForm, patientSearch } from '../../forms/desk.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { notingExport } from '../../services/audit/note-export.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { addPatientAtDesk, SAME_NAME } from '../../services/people/add-patient-at-desk.ts'
import { correctPatient } from '../../services/people/correct-patient.ts'
import { lookAtPatient } from '../../services/people/look-at-patient.ts'
import { everyPatient, listPatients, namesakes, patientSeen } from '../../services/people/patient-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const { patients, appointments } = paths.admin

export async function index(req: Request, res: Response) {
  const { sought, ...query } = read(patientSearch, req.query)
  const [found, clinics] = await Promise.all([
    listPatients(req.ctx, { ...query, sought }),
    clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  ])
  await reply(req, res, 'admin/patients/index', { ...found, clinics, form: blankForm(patientSearch, query) })
}

/** Exactly the list, however long. */
export async function csv(req: Request, res: Response) {
  const { t, ctx } = req
  const columns = ['name', 'dateOfBirth', 'phone', 'guardian', 'next', 'timeZone']
  await replyCsv(
    res,
    'patients',
    columns.map(column => t(`desk:patients.csv.${column}`)),
    lines()
  )

  async function* lines() {
    const { sought, ...query } = read(patientSearch, req.query)
    for await (const each of notingExport(ctx, 'patients', query, everyPatient(ctx, { ...query, sought }))) {
      const { name, dateOfBirth, phone, guardian, next } = each
      yield [name, dateOfBirth, phone, guardian?.name, next?.startsAt.slice(0, 16).replace('T', ' '), next?.timeZone]
    }
  }
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/patients/show', await lookAtPatient(req.ctx, idOf(req.params)))
}

export async function add(req: Request, res: Response) {
  const form = blankForm(newPatientForm, read(newPatientQuery, req.query))
  await reply(req, res, 'admin/patients/add', { clinics: await clinicChoices(req.ctx), known: [], form })
}

/** From the phone it goes on to the times. */
export async function create(req: Request, res: Response) {
  const added = await submit(newPatientForm, req.body, async ({ booking, timeslotId, ...patient }) => {
    const id = await addPatientAtDesk(req.ctx, patient)
    return { id, to: booking ? appointments.add({ patientId: id, timeslotId }) : patients.show(id) }
  })
  if (!added.ok) {
    const isKnown = added.form.problems.some(({ key }) => key === SAME_NAME)
    const { name, dateOfBirth } = isKnown ? newPatientForm.parse(added.form.values) : { name: '', dateOfBirth: '' }
    const known = isKnown ? await namesakes(req.ctx, { name, dateOfBirth }) : []
    return replyRefused(req, res, 'admin/patients/add', added, { clinics: await clinicChoices(req.ctx), known })
  }

  const { id, to } = added.result
  const data = { patient: await patientSeen(req.ctx, id) }
  return replyDone(req, res, { to, data, status: 201, flash: 'desk:flash.added' })
}

export async function edit(req: Request, res: Response) {
  const patient = await patientSeen(req.ctx, idOf(req.params))
  await reply(req, res, 'admin/patients/edit', { patient, form: blankForm(patientForm, { ...patient }) })
}

export async function update(req: Request, res: Response) {
  const { id } = await patientSeen(req.ctx, idOf(req.params))
  const changed = await submit(patientForm, req.body, correction => correctPatient(req.ctx, id, correction))
  const patient = await patientSeen(req.ctx, id)
  if (!changed.ok) return replyRefused(req, res, 'admin/patients/edit', changed, { patient })

  return replyDone(req, res, { to: patients.show(id), data: { patient }, flash: 'desk:flash.saved' })
}
