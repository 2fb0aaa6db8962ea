import type { Request, Response } from 'express'
import { roomUsageQuery } from '../../forms/admin.ts'
import { blankForm, read } from '../../forms/form.ts'
import { clinicChoices } from '../../services/clinics/admin-queries.ts'
import { roomUsage } from '../../services/clinics/room-usage.ts'
import { reply } from '../../views.ts'

export async function show(req: Request, res: Response) {
  const query = read(roomUsageQuery, req.query)
  const usage = await roomUsage(req.ctx, query)
  const clinics = await clinicChoices(req.ctx, query.clinicId ? [query.clinicId] : [])
  const form = blankForm(roomUsageQuery, { clinicId: usage.clinic?.id, date: 'date' in usage ? usage.date : undefined })
  await reply(req, res, 'admin/room-usage/show', { ...usage, clinics, form })
}
