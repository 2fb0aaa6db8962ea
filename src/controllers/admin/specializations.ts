import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { specializationForm, specializationSearch } from '../../forms/catalogue.ts'
import { blankForm, idOf, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { addSpecialization } from '../../services/catalogue/add-specialization.ts'
import { renameSpecialization } from '../../services/catalogue/rename-specialization.ts'
import {
  everySpecialization,
  listSpecializations,
  specializationFor
} from '../../services/catalogue/specialization-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'

const { specializations } = paths.admin

export async function index(req: Request, res: Response) {
  const query = read(specializationSearch, req.query)
  const form = blankForm(specializationSearch, { ...query })
  await reply(req, res, 'admin/specializations/index', { ...(await listSpecializations(req.ctx, query)), form })
}

export async function csv(req: Request, res: Response) {
  const found = everySpecialization(req.ctx, read(specializationSearch, req.query))
  await replyRows(req, res, 'specializations', found, {
    'admin:specializations.name': ({ name }) => name,
    'admin:doctors.title': ({ doctorCount }) => doctorCount,
    'admin:symptoms.title': ({ symptomCount }) => symptomCount,
    'admin:list.state': ({ isActive }) => req.t(`admin:state.${isActive ? 'active' : 'inactive'}`)
  })
}

export async function show(req: Request, res: Response) {
  await reply(req, res, 'admin/specializations/show', { specialization: await specializationOf(req) })
}

export async function add(req: Request, res: Response) {
  await reply(req, res, 'admin/specializations/add', { form: blankForm(specializationForm) })
}

export async function create(req: Request, res: Response) {
  const added = await submit(specializationForm, req.body, details => addSpecialization(req.ctx, details))
  if (!added.ok) return replyRefused(req, res, 'admin/specializations/add', added)

  const data = { specialization: await specializationFor(req.ctx, added.result) }
  return replyDone(req, res, {
    to: specializations.show(added.result),
    data,
    status: 201,
    flash: 'admin:flash.added'
  })
}

export async function edit(req: Request, res: Response) {
  const specialization = await specializationOf(req)
  const form = blankForm(specializationForm, { name: specialization.name })
  await reply(req, res, 'admin/specializations/edit', { specialization, form })
}

export async function update(req: Request, res: Response) {
  const before = await specializationOf(req)
  const changed = await submit(specializationForm, req.body, to => renameSpecialization(req.ctx, before.id, to))
  if (!changed.ok) return replyRefused(req, res, 'admin/specializations/edit', changed, { specialization: before })
  const data = { specialization: await specializationOf(req) }
  return replyDone(req, res, { to: specializations.show(before.id), data, flash: 'admin:flash.saved' })
}

const specializationOf = (req: Request) => specializationFor(req.ctx, idOf(req.params))
