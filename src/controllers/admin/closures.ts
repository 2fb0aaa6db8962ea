import type { Request, Response } from 'express'
import { replyRows } from '../../csv.ts'
import { closureForm, closureQuery, closureSearch, closuresForm } from '../../forms/closures.ts'
import { blankForm, read, submit } from '../../forms/form.ts'
import { paths } from '../../paths.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { closeClinicDays } from '../../services/clinics/close-clinic-days.ts'
import { everyClosure, listClosures } from '../../services/clinics/closure-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { addPage, importPage, replyFound } from './closure-pages.ts'

export async function index(req: Request, res: Response) {
  const query = read(closureSearch, req.query)
  const [found, clinics] = await Promise.all([listClosures(req.ctx, query), clinicChoices(req.ctx)])
  await reply(req, res, 'admin/closures/index', { ...found, clinics, form: blankForm(closureSearch, { ...query }) })
}

export async function csv(req: Request, res: Response) {
  await replyRows(req, res, 'closures', everyClosure(req.ctx, read(closureSearch, req.query)), {
    'admin:closures.column.clinic': ({ clinic }) => clinic.name,
    'admin:clinics.city': ({ clinic }) => clinic.city,
    'admin:closures.form.from': ({ from }) => from,
    'admin:closures.form.to': ({ to }) => to,
    'admin:closures.column.reason': ({ reason }) => reason
  })
}

export async function add(req: Request, res: Response) {
  const clinics = await clinicChoices(req.ctx)
  const { clinicId = clinics.length === 1 ? clinics[0]?.id : undefined } = read(closureQuery, req.query)
  await reply(req, res, addPage, { clinics, form: blankForm(closureForm, { clinicId }) })
}

/** Days as they were typed, or those that were ticked among the days of a file. */
export async function create(req: Request, res: Response) {
  if (req.body?.found !== undefined || req.body?.days !== undefined) return createMany(req, res)
  const closed = await submit(closureForm, req.body, ({ change: _, clinicId, ...days }) =>
    closeClinicDays(req.ctx, { clinicId, days: [days] })
  )
  if (!closed.ok) return replyRefused(req, res, addPage, closed, { clinics: await clinicChoices(req.ctx) })
  return replyClosed(req, res, closed.result)
}

async function createMany(req: Request, res: Response) {
  const closed = await submit(closuresForm, req.body, ({ clinicId, days }) =>
    closeClinicDays(req.ctx, { clinicId, days })
  )
  if (closed.ok) return replyClosed(req, res, closed.result)

  const clinicId = closuresForm.shape.clinicId.safeParse(req.body.clinicId).data
  const found = closuresForm.shape.found.safeParse(req.body.found).data
  if (!clinicId || !found?.length)
    return replyRefused(req, res, importPage, closed, { clinics: await clinicChoices(req.ctx) })
  return replyFound(req, res, { clinicId, days: found }, closed)
}

type Closed = Awaited<ReturnType<typeof closeClinicDays>>

function replyClosed(req: Request, res: Response, { ids, hits, clinicId }: Closed) {
  return replyDone(req, res, {
    to: hits.length ? paths.admin.conflicts() : paths.admin.closures.index({ clinicId }),
    data: { ids, hits },
    status: 201,
    flash: hits.length ? 'admin:closures.flash.closedWithHits' : 'admin:closures.flash.closed'
  })
}
