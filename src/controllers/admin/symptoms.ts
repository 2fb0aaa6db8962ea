import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { symptomForm, symptomSearch } from '../../forms/catalogue.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { addSymptom } from '../../services/catalogue/add-symptom.ts'
import { changeSymptom } from '../../services/catalogue/change-symptom.ts'
import { everySymptom, listSymptoms, type SymptomRecord, symptomFor } from '../../services/catalogue/symptom-queries.ts'
import { specializations } from '../../services/people/doctor-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const { symptoms } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(symptomSearch, req.query)
  const chosen = query.specializationId ? [query.specializationId] : []
  const [found, choices] = await Promise.all([listSymptoms(req.ctx, query), specializations(chosen)])
  const form = blankForm(symptomSearch, { ...query })
  await reply(req, res, 'admin/symptoms/index', { ...found, specializations: choices, form })
}

export async function csv(req: Request, res: Response) {
  const found = everySymptom(req.ctx, read(symptomSearch, req.query))
  await replyRows(req, res, 'symptoms', found, {
    'admin:symptoms.name': ({ name }) => name,
    'admin:symptoms.urgency': ({ isEmergency }) =>
      req.t(`admin:symptoms.urgencies.${isEmergency ? 'emergency' : 'other'}`),
    'admin:symptoms.leadsTo': symptom => symptom.specializations.map(({ name }) => name).join(', '),
    'admin:symptoms.advice': ({ advice }) => advice,
    'admin:list.state': ({ isActive }) => req.t(`admin:state.${isActive ? 'active' : 'inactive'}`)
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/symptoms/show', { symptom: await symptomOf(req) })
}

export async function add(req: Request, res: Response) {
  await reply(req, res, 'admin/symptoms/add', {
    specializations: await specializations(),
    form: blankForm(symptomForm)
  })
}

export async function create(req: Request, res: Response) {
  const added = await submit(symptomForm, req.body, details => addSymptom(req.ctx, details))
  if (!added.ok)
    return replyRefused(req, res, 'admin/symptoms/add', added, { specializations: await specializations() })

  const data = { symptom: await symptomFor(req.ctx, added.result) }
  return replyDone(req, res, { to: symptoms.show(added.result), data, status: 201, flash: 'admin:flash.added' })
}

export async function edit(req: Request, res: Response) {
  const symptom = await symptomOf(req)
  const form = blankForm(symptomForm, { ...typed(symptom) })
  await reply(req, res, 'admin/symptoms/edit', { symptom, specializations: await choicesFor(symptom), form })
}

/** The whole form from a browser; from a program that sends PATCH, only what should change. */
export async function update(req: Request, res: Response) {
  const symptom = await symptomOf(req)
  const body = req.method === 'PATCH' ? { ...typed(symptom), ...req.body } : req.body
  const changed = await submit(symptomForm, body, details => changeSymptom(req.ctx, symptom.id, details))
  if (!changed.ok) {
    const data = { symptom, specializations: await choicesFor(symptom) }
    return replyRefused(req, res, 'admin/symptoms/edit', changed, data)
  }
  const data = { symptom: await symptomOf(req) }
  return replyDone(req, res, { to: symptoms.show(symptom.id), data, flash: 'admin:flash.saved' })
}

const symptomOf = (req: Request) => symptomFor(req.ctx, idOf(req.params))

const idsOf = ({ specializations }: SymptomRecord) => specializations.map(({ id }) => id)
const choicesFor = (symptom: SymptomRecord) => specializations(idsOf(symptom))

/** What somebody would have typed to have this symptom. */
function typed(symptom: SymptomRecord) {
  const { name, advice, isEmergency } = symptom
  return { name, advice: advice ?? '', isEmergency, specializationIds: idsOf(symptom) }
}
