import type { Request, Response } from 'express'
import { nothing } from '../../forms/fields.ts'
import { blankForm, idOf, submit } from '../../forms/form.ts'
import { endTimeOff } from '../../services/availability/end-time-off.ts'
import { timeOffFor, timeOffToEnd } from '../../services/availability/time-off-queries.ts'
import { reply, replyDone, replyRefused } from '../../views.ts'
import { door, whose } from './door.ts'

const page = 'team/time-off/removal'

/** Asks before time off ends, and says what comes back. */
export async function add(req: Request, res: Response) {
  await reply(req, res, page, { timeOff: await timeOffToEnd(req.ctx, idOf(req.params)), form: blankForm(nothing) })
}

export async function create(req: Request, res: Response) {
  const timeOff = await timeOffFor(req.ctx, idOf(req.params))
  const ended = await submit(nothing, req.body, () => endTimeOff(req.ctx, timeOff.id))
  if (!ended.ok) return replyRefused(req, res, page, ended, { timeOff: await timeOffToEnd(req.ctx, timeOff.id) })

  return replyDone(req, res, {
    to: door(req).timeOff.index(whose(req, timeOff.doctor.id)),
    flash: 'team:timeOff.flash.ended'
  })
}
