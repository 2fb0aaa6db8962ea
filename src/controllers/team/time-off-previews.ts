import type { Request, Response } from 'express'
import { blankForm, submit } from '../../forms/form.ts'
import { timeOffForm } from '../../forms/time-off.ts'
import { previewTimeOff } from '../../services/availability/preview-time-off.ts'
import { whoseTime } from '../../services/availability/whose-time.ts'
import { reply } from '../../views.ts'
import { addPage, replyWrong } from './time-off-pages.ts'

/** Who would be hit and what goes off offer, before it is saved; or, from there, the form with everything typed. */
export async function create(req: Request, res: Response) {
  const previewed = await submit(timeOffForm, req.body, async ({ change, on: _, ...wish }) =>
    change ? { again: await whoseTime(req.ctx, wish.doctorId) } : { preview: await previewTimeOff(req.ctx, wish) }
  )
  if (!previewed.ok) return replyWrong(req, res, previewed)

  const { again, preview } = previewed.result
  const form = blankForm(timeOffForm, req.body)
  return again
    ? reply(req, res, addPage, { doctor: again, form })
    : reply(req, res, 'team/time-off/preview', { ...preview, form })
}
