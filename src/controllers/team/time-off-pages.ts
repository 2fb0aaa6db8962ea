import type { Request, Response } from 'express'
import type { Refused } from '../../forms/form.ts'
import { timeOffQuery } from '../../forms/time-off.ts'
import { paths } from '../../paths.ts'
import { whoseTime } from '../../services/availability/whose-time.ts'
import { doctorChoices } from '../../services/people/doctor-queries.ts'
import { replyRefused, wantsJson } from '../../views.ts'

export const addPage = 'team/time-off/add'
/** Where the front desk says whom it is about. */
export const choosePage = 'team/time-off/choose'

/** The form with what is wrong with it; without a doctor's name at the front desk, the question for one. */
export async function replyWrong(req: Request, res: Response, refused: Refused) {
  if (wantsJson(req)) return replyRefused(req, res, addPage, refused)

  const doctorId = timeOffQuery.shape.doctorId.safeParse(refused.form.values.doctorId).data
  if (!doctorId && !req.ctx.actor.doctorId)
    return replyRefused(req, res, choosePage, refused, { doctors: await choices(req) })
  return replyRefused(req, res, addPage, refused, { doctor: await whoseTime(req.ctx, doctorId) })
}

/** The doctors that the front desk can choose from. */
export const choices = ({ ctx }: Request) => (ctx.actor.role === 'DOCTOR' ? [] : doctorChoices(ctx))

/** The timetable that hours were blocked from, on that day. */
export const backTo = (on: 'timetable' | 'week', { doctorId, clinicId, date }: Blocked) =>
  paths.admin.timetable({ date, ...(on === 'week' ? { doctorId } : { clinicId }) })

interface Blocked {
  doctorId?: string
  clinicId?: string
  date: string
}
