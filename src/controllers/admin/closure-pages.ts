import type { Request, Response } from 'express'
import { closuresForm } from '../../forms/closures.ts'
import { blankForm, type Refused } from '../../forms/form.ts'
import { type ClosedDays, previewClosures } from '../../services/clinics/plan-closures.ts'
import { reply, replyRefused } from '../../views.ts'

export const addPage = 'admin/closures/add'
export const importPage = 'admin/closures/import'
const foundPage = 'admin/closures/found'

interface Found {
  clinicId: string
  days: (ClosedDays & { isWholeDays?: boolean })[]
  /** How many events were left out, by the reason. */
  left?: Record<string, number>
}

/** The days of a file, all ticked at first, and who is booked on them. */
export async function replyFound(req: Request, res: Response, { clinicId, days, left = {} }: Found, refused?: Refused) {
  const plain = days.map(({ from, to, reason }) => ({ from, to, reason }))
  const { clinic, hits, freeTimes, already } = await previewClosures(req.ctx, { clinicId, days: plain })
  const found = days.map(each => ({ ...each, value: `${each.from}/${each.to ?? each.from} ${each.reason}` }))
  const data = { clinic, days: found, left, hits, freeTimes, already }
  if (refused) return replyRefused(req, res, foundPage, refused, data)

  return reply(req, res, foundPage, {
    ...data,
    form: blankForm(closuresForm, { days: found.map(({ value }) => value) })
  })
}
